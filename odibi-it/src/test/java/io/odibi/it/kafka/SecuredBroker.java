package io.odibi.it.kafka;

import io.odibi.cli.demo.BrokerListener;
import io.odibi.cli.demo.LocalKafkaBroker;
import io.odibi.it.process.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker with a listener for SASL_SSL, on which users log in by PLAIN or SCRAM-SHA-512, beside one on which the test does as it
 * likes. A user {@code $ConnectionString} whose password is a connection string logs in as at the Kafka endpoint of Azure Event Hubs.
 * Used by one thread; closing it ends the broker.
 */
public final class SecuredBroker implements AutoCloseable {

    private static final String NAME = "SECURED";
    private static final int ITERATIONS = 4096;

    private final Certificate certificate;
    private final BrokerListener listener;
    private final LocalKafkaBroker broker;

    private SecuredBroker(Certificate certificate, BrokerListener listener, LocalKafkaBroker broker) {
        this.certificate = certificate;
        this.listener = listener;
        this.broker = broker;
    }

    /** Users and their passwords. */
    public static final class Users {
        private final Map<String, String> plain = new LinkedHashMap<>();
        private final Map<String, String> scram = new LinkedHashMap<>();

        /** Adds one who logs in by PLAIN. */
        public Users plain(String name, String password) {
            plain.put(name, password);
            return this;
        }

        /** Adds one who logs in by SCRAM-SHA-512. */
        public Users scram(String name, String password) {
            scram.put(name, password);
            return this;
        }
    }

    /**
     * Starts one.
     *
     * @param folder for its files
     * @param trustPassword opens the clients' trust store
     */
    public static SecuredBroker start(Path folder, String trustPassword, Users users) throws Exception {
        Certificate certificate = Certificate.in(folder.resolve("certificate"), trustPassword);
        BrokerListener listener = new BrokerListener(NAME, "SASL_SSL", freePort(), settings(certificate, users));
        LocalKafkaBroker broker =
                LocalKafkaBroker.in(Distribution.HOME.resolve("broker"), folder.resolve("broker"), listener);
        SecuredBroker secured = new SecuredBroker(certificate, listener, broker);
        try {
            broker.start();
            secured.addScramUsers(users);
            return secured;
        } catch (Exception failed) {
            broker.close();
            throw failed;
        }
    }

    /** Where clients log in, {@code host:port}. */
    public String securedServers() {
        return listener.bootstrapServers();
    }

    /** Where everybody may do everything, {@code host:port}. */
    public String openServers() {
        return broker.bootstrapServers();
    }

    /** What clients need to trust the broker, a PKCS12 file. */
    public Path trustStore() {
        return certificate.trustStore();
    }

    /** Creates a topic of one partition. */
    public void createTopic(String name) throws InterruptedException {
        broker.createTopic(name, 1);
    }

    @Override
    public void close() {
        broker.close();
    }

    private static Map<String, String> settings(Certificate certificate, Users users) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.keyStore().toString());
        settings.put("ssl.keystore.password", certificate.password());
        settings.put("ssl.key.password", certificate.password());
        settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
        StringBuilder login = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        users.plain.forEach((name, password) ->
                login.append(" user_").append(name).append('=').append(quoted(password)));
        settings.put("plain.sasl.jaas.config", login.append(';').toString());
        settings.put(
                "scram-sha-512.sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        return settings;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void addScramUsers(Users users) throws Exception {
        List<UserScramCredentialAlteration> added = new ArrayList<>();
        users.scram.forEach((name, password) -> added.add(new UserScramCredentialUpsertion(
                name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password)));
        if (added.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", openServers()))) {
            admin.alterUserScramCredentials(added).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
