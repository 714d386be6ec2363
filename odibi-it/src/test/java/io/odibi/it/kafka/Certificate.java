package io.odibi.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for 127.0.0.1, made by the JDK's own {@code keytool}.
 *
 * @param keyStore for the server, of type PKCS12
 * @param trustStore for clients, of type PKCS12
 * @param password of both
 */
public record Certificate(Path keyStore, Path trustStore, String password) {

    /** Makes one in a folder. */
    public static Certificate in(Path folder, String password) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Certificate made = new Certificate(folder.resolve("server.p12"), folder.resolve("clients.p12"), password);
        Path exported = folder.resolve("server.crt");
        made.keytool(
                made.keyStore(),
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost"));
        made.keytool(made.keyStore(), List.of("-exportcert", "-file", exported.toString()));
        made.keytool(made.trustStore(), List.of("-importcert", "-noprompt", "-file", exported.toString()));
        return made;
    }

    private void keytool(Path store, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", "server", "-storetype", "PKCS12", "-keystore", store.toString()));
        command.addAll(List.of("-storepass:env", "STORE_PASSWORD"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("keytool ends").isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
