package io.odibi.it.eventhubs.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate for loopback addresses, made anew for each emulator, and the trust store that clients need for it. */
final class TlsIdentity {

    /** Of the key store and the trust store, which hold nothing worth a secret. */
    static final String PASSWORD = "emulator";

    private static final String ALIAS = "event-hubs-emulator";
    private static final int KEYTOOL_SECONDS = 60;

    private final KeyStore keys;
    private final Path trustStore;

    private TlsIdentity(KeyStore keys, Path trustStore) {
        this.keys = keys;
        this.trustStore = trustStore;
    }

    /** Makes one for {@code localhost} and an address, with its files in a folder. */
    static TlsIdentity in(Path folder, String address) throws IOException, InterruptedException {
        Path keyStore = folder.resolve(address + "-keys.p12");
        Files.deleteIfExists(keyStore);
        keytool(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-ext",
                "san=dns:localhost,ip:" + address,
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                PASSWORD);
        try {
            KeyStore keys = load(keyStore);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
            Path trustStore = folder.resolve(address + "-trust.p12");
            try (OutputStream out = Files.newOutputStream(trustStore)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            return new TlsIdentity(keys, trustStore);
        } catch (GeneralSecurityException unusable) {
            throw new IOException("cannot make a trust store in " + folder, unusable);
        }
    }

    Path trustStore() {
        return trustStore;
    }

    /** The server's side of TLS on a connection. */
    SSLSocket serverSide(Socket tcp) throws IOException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true);
            socket.setUseClientMode(false);
            return socket;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("cannot serve TLS", unusable);
        }
    }

    /** For clients: trusts these, and all that Java trusts by itself. */
    static SSLContext trusting(List<TlsIdentity> identities) {
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            for (TlsIdentity identity : identities) {
                all.setCertificateEntry(identity.trustStore.toString(), identity.keys.getCertificate(ALIAS));
            }
            for (X509TrustManager usual : managers(null)) {
                for (var authority : usual.getAcceptedIssuers()) {
                    all.setCertificateEntry("usual-" + all.size(), authority);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all).toArray(TrustManager[]::new), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("cannot make a context that trusts the emulator", unusable);
        }
    }

    private static List<X509TrustManager> managers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .toList();
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    // Java has no public way to sign a certificate by code.
    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool did not make a certificate");
        }
    }
}
