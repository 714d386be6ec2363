package io.odibi.it.secrets;

import io.odibi.it.eventhubs.emulator.EventHubsEmulator;
import io.odibi.it.jdbc.PostgresServer;
import io.odibi.it.kafka.SecuredBroker;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.eventhubs.EventHubsUtils;

/** The connectors, each at work and failing, with a canary for every secret that it takes. A new connector adds its rows here. */
final class SecretCases {

    static final Canary PLAIN = Canary.of("password of a user of Kafka (PLAIN)");
    static final Canary SCRAM = Canary.of("password of a user of Kafka (SCRAM)");
    static final Canary TRUST = Canary.of("password of a trust store");
    static final Canary EVENT_HUBS_KEY = Canary.of("key in a connection string of Event Hubs");

    /** A connection string as the Kafka endpoint of Event Hubs takes it for a password. */
    static final String CONNECTION_STRING =
            "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=odibi;SharedAccessKey=" + EVENT_HUBS_KEY.text() + "=";

    /** The hub of the emulator. */
    static final String HUB = "secrets";

    private SecretCases() {}

    /** All of them. */
    static List<SecretCase> with(SecuredBroker broker, PostgresServer database, EventHubsEmulator hubs) {
        return Stream.of(
                        kafka(broker),
                        failing(),
                        eventHubs(),
                        amqp(hubs),
                        s3(),
                        azure(),
                        postgres(database),
                        sqlServer())
                .flatMap(List::stream)
                .toList();
    }

    private static List<SecretCase> kafka(SecuredBroker broker) {
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username='$ConnectionString'"
                + " password = '" + CONNECTION_STRING + "';";
        return List.of(SecretCase.of("kafka", """
                        connections:
                        %s%s%spipelines:
                          - pipeline: kafka
                            nodes:
                              - name: land
                                streaming: {trigger: 1 second}
                                read: {connection: plain, format: kafka, options: {subscribe: in, startingOffsets: earliest}}
                                transform: {steps: ["SELECT CAST(value AS STRING) AS value FROM {input}"]}
                                write: {connection: lake, format: delta, path: landed}
                              - name: relay
                                streaming: {trigger: available_now, checkpoint_location: relay}
                                read: {connection: plain, format: kafka, options: {subscribe: in, startingOffsets: earliest}}
                                write: {connection: scram, format: kafka, options: {topic: out}}
                              - name: in_batch
                                read: {connection: jaas, format: kafka, options: {subscribe: in}}
                                write: {connection: jaas, format: kafka, options: {topic: out}}
                        """.formatted(
                        login("plain", "PLAIN", "sasl_username: reader, sasl_password: \"${PLAIN}\"", "TRUST"),
                        login("scram", "SCRAM-SHA-512", "sasl_username: writer, sasl_password: \"${SCRAM}\"", "TRUST"),
                        login("jaas", "PLAIN", "kafka.sasl.jaas.config: \"${JAAS}\"", "TRUST")))
                .with("SERVERS", broker.securedServers())
                .with("TRUST_STORE", broker.trustStore().toString())
                .secret("PLAIN", PLAIN)
                .secret("SCRAM", SCRAM)
                .secret("TRUST", TRUST)
                .secret("JAAS", jaas, EVENT_HUBS_KEY)
                .ends("land", "succeeded")
                .ends("relay", "succeeded")
                .ends("in_batch", "succeeded"));
    }

    private static List<SecretCase> failing() {
        Canary wrong = Canary.of("wrong password of a user of Kafka");
        Canary wrongTrust = Canary.of("wrong password of a trust store");
        return List.of(SecretCase.of("kafka_refused", """
                        connections:
                        %s%s%s  wrong_key: {type: kafka, bootstrap_servers: "${SERVERS}", security_protocol: SSL, kafka.ssl.keystore.type: PEM,
                            kafka.ssl.keystore.certificate.chain: none, kafka.ssl.keystore.key: "${PEM_KEY}"}
                        pipelines:
                          - pipeline: kafka_refused
                            nodes:
                              - name: read
                                streaming: {trigger: available_now}
                                read: {connection: wrong, format: kafka, options: {subscribe: in, startingOffsets: earliest}}
                                write: {connection: lake, format: delta, path: refused}
                              - name: write
                                read: {connection: lake, format: text, path: words}
                                write: {connection: wrong_scram, format: kafka, options: {topic: out}}
                              - name: trust
                                read: {connection: wrong_trust, format: kafka, options: {subscribe: in}}
                                write: {connection: lake, format: parquet, path: untrusted}
                              - name: key
                                read: {connection: wrong_key, format: kafka, options: {subscribe: in}}
                                write: {connection: lake, format: parquet, path: untrusted}
                        """.formatted(
                                login("wrong", "PLAIN", "sasl_username: reader, sasl_password: \"${WRONG}\"", "TRUST"),
                                login(
                                        "wrong_scram",
                                        "SCRAM-SHA-512",
                                        "sasl_username: writer, sasl_password: \"${WRONG}\"",
                                        "TRUST"),
                                login(
                                        "wrong_trust",
                                        "PLAIN",
                                        "sasl_username: reader, sasl_password: \"${WRONG}\"",
                                        "WRONG_TRUST")))
                .secret("WRONG", wrong)
                .secret("WRONG_TRUST", wrongTrust)
                .secret("PEM_KEY", Canary.of("key of a client of Kafka"))
                .ends("read", "failed")
                .ends("write", "failed")
                .ends("trust", "failed")
                .ends("key", "failed"));
    }

    private static List<SecretCase> eventHubs() {
        Canary key = Canary.of("key of Event Hubs where nobody listens");
        return List.of(SecretCase.of("event_hubs", """
                        connections:
                          over_kafka: {type: eventhubs, protocol: kafka, connection_string: "${EVENT_HUBS}", event_hub: in,
                            kafka_bootstrap_servers: "${SERVERS}", kafka.ssl.truststore.type: PKCS12,
                            kafka.ssl.truststore.location: "${TRUST_STORE}", kafka.ssl.truststore.password: "${TRUST}"}
                          over_amqp: {type: eventhubs, connection_string: "${NO_EVENT_HUBS}", event_hub: in}
                        pipelines:
                          - pipeline: event_hubs
                            nodes:
                              - name: relay
                                streaming: {trigger: available_now, checkpoint_location: event_hubs}
                                read: {connection: over_kafka, format: eventhubs, options: {startingPosition: earliest, maxEventsPerTrigger: 4}}
                                write: {connection: over_kafka, format: eventhubs, options: {event_hub: out}}
                              - name: copy
                                read: {connection: over_kafka, format: eventhubs}
                                write: {connection: lake, format: parquet, path: from_event_hubs}
                              - name: stream
                                streaming: {trigger: available_now, restart: never, checkpoint_location: no_event_hubs}
                                read: {connection: over_amqp, format: eventhubs, options: {receiverTimeout: 1s, operationTimeout: 2s}}
                                write: {connection: lake, format: delta, path: no_event_hubs}
                              - name: write
                                read: {connection: lake, format: text, path: words.txt}
                                transform: {steps: ["SELECT value AS body FROM {input}"]}
                                write: {connection: over_amqp, format: eventhubs, options: {operationTimeout: 2s}}
                        """)
                .secret("EVENT_HUBS", CONNECTION_STRING, EVENT_HUBS_KEY)
                .secret(
                        "NO_EVENT_HUBS",
                        "Endpoint=sb://127.0.0.99/;SharedAccessKeyName=odibi;SharedAccessKey=" + key.text() + "=",
                        key)
                .ends("relay", "succeeded")
                .ends("copy", "succeeded")
                .ends("stream", "failed")
                .ends("write", "failed"));
    }

    private static List<SecretCase> amqp(EventHubsEmulator hubs) {
        String string = hubs.connectionString(HUB);
        String key = string.replaceAll(".*SharedAccessKey=|;EntityPath=.*", "");
        // What the library is given in place of the string, which anybody can turn back.
        String encrypted = EventHubsUtils.encrypt(string);
        return List.of(SecretCase.of("hubs", """
                        connections:
                          hubs: {type: eventhubs, connection_string: "${HUBS}"}
                        pipelines:
                          - pipeline: hubs
                            nodes:
                              - name: take
                                streaming: {trigger: available_now, checkpoint_location: hubs}
                                read: {connection: hubs, format: eventhubs, options: {startingPosition: earliest}}
                                write: {connection: lake, format: delta, path: from_hubs}
                              - name: send
                                read: {connection: lake, format: text, path: words}
                                transform: {steps: ["SELECT value AS body FROM {input}"]}
                                write: {connection: hubs, format: eventhubs}
                              - name: relay
                                streaming: {trigger: available_now, checkpoint_location: to_hubs}
                                read: {connection: lake, format: text, path: words}
                                transform: {steps: ["SELECT value AS body FROM {input}"]}
                                write: {connection: hubs, format: eventhubs}
                              - name: copy
                                read: {connection: hubs, format: eventhubs, options: {consumer_group: batches}}
                                write: {connection: lake, format: parquet, path: copied_from_hubs}
                        """)
                .secret("HUBS", string, new Canary("key of Event Hubs over AMQP", key))
                .hides(new Canary("connection string as the library takes it", encrypted))
                .ends("take", "succeeded")
                .ends("send", "succeeded")
                .ends("relay", "succeeded")
                .ends("copy", "succeeded"));
    }

    private static List<SecretCase> s3() {
        return List.of(SecretCase.of("s3", """
                        connections:
                          bucket: {type: s3, bucket: odibi-test, access_key: "${S3_ID}", secret_key: "${S3_KEY}", session_token: "${S3_TOKEN}"}
                        pipelines:
                          - pipeline: s3
                            nodes:
                              - name: read
                                read: {connection: bucket, format: text, path: in}
                                write: {connection: lake, format: parquet, path: from_s3}
                              - name: write
                                read: {connection: lake, format: text, path: words}
                                write: {connection: bucket, format: parquet, path: out}
                        """)
                .secret("S3_ID", Canary.of("id of a key of S3"))
                .secret("S3_KEY", Canary.of("key of S3"))
                .secret("S3_TOKEN", Canary.of("token of S3"))
                .ends("read", "failed")
                .ends("write", "failed"));
    }

    private static List<SecretCase> azure() {
        Canary signature = Canary.of("signature of a shared access to Azure");
        return List.of(SecretCase.of("azure", """
                        connections:
                          by_key: {type: azure_adls, account_name: odibi1, container: odibi, auth: {mode: account_key, account_key: "${AZURE_KEY}"}}
                          by_principal:
                            type: azure_adls
                            account_name: odibi2
                            container: odibi
                            auth: {mode: service_principal, tenant_id: t, client_id: i, client_secret: "${AZURE_SECRET}"}
                          by_signature: {type: azure_blob, account_name: odibi3, container: odibi, auth: {mode: sas, sas_token: "${AZURE_SAS}"}}
                        pipelines:
                          - pipeline: azure
                            nodes:
                              - name: read
                                read: {connection: by_key, format: text, path: in}
                                write: {connection: lake, format: parquet, path: from_azure}
                              - name: stream
                                streaming: {trigger: available_now, checkpoint_location: "${LAKE}/azure_state"}
                                read: {connection: by_principal, format: text, path: in}
                                write: {connection: by_key, format: delta, path: out}
                              - name: signed
                                read: {connection: by_signature, format: text, path: in}
                                write: {connection: by_signature, format: parquet, path: out}
                        """)
                .secret("AZURE_KEY", Canary.of("key of an Azure account"))
                .secret("AZURE_SECRET", Canary.of("secret of an Azure principal"))
                .secret("AZURE_SAS", "?sv=2024-11-04&sig=" + signature.text() + "%3D", signature)
                .ends("read", "failed")
                .ends("stream", "failed")
                .ends("signed", "failed"));
    }

    private static List<SecretCase> postgres(PostgresServer database) {
        String place =
                "{type: postgres, host: 127.0.0.1, port: \"${PG_PORT}\", database: postgres, username: odibi, password: ";
        return List.of(SecretCase.of("postgres", """
                        connections:
                          shop: %1$s"${PG_PASSWORD}"}
                          closed: %1$s"${PG_WRONG}"}
                        pipelines:
                          - pipeline: postgres
                            nodes:
                              - name: write
                                streaming: {trigger: available_now, checkpoint_location: "${LAKE}/postgres"}
                                read: {connection: lake, format: text, path: words}
                                write: {connection: shop, format: postgres, table: words, mode: upsert, keys: [value]}
                              - name: read
                                depends_on: [write]
                                read: {connection: shop, format: postgres, table: words}
                                write: {connection: lake, format: parquet, path: from_postgres}
                              - name: refused
                                read: {connection: closed, format: postgres, table: words, options: {schema: "value STRING"}}
                                write: {connection: lake, format: parquet, path: from_closed}
                              - name: refused_write
                                streaming: {trigger: available_now, checkpoint_location: "${LAKE}/closed"}
                                read: {connection: lake, format: text, path: words}
                                write: {connection: closed, format: postgres, table: words, mode: append}
                        """.formatted(place))
                .with("PG_PORT", String.valueOf(database.port()))
                .secret("PG_PASSWORD", new Canary("password of a database", PostgresServer.PASSWORD))
                .secret("PG_WRONG", Canary.of("wrong password of a database"))
                .ends("write", "succeeded")
                .ends("read", "succeeded")
                .ends("refused", "failed")
                .ends("refused_write", "failed"));
    }

    /** Its driver is not in the distribution. */
    private static List<SecretCase> sqlServer() {
        return List.of(SecretCase.of("sql_server", """
                        connections:
                          warehouse: {type: sql_server, host: 127.0.0.1, database: shop,
                            auth: {mode: sql_login, username: odibi, password: "${SQL_SERVER_PASSWORD}"}}
                          any: {type: jdbc, url: "jdbc:sqlserver://127.0.0.1;database=shop", properties: {trustStorePassword: "${SQL_SERVER_TRUST}"}}
                        pipelines:
                          - pipeline: sql_server
                            nodes:
                              - name: read
                                read: {connection: warehouse, format: sql_server, table: words, options: {schema: "value STRING"}}
                                write: {connection: lake, format: parquet, path: from_sql_server}
                              - name: write
                                streaming: {trigger: available_now, checkpoint_location: "${LAKE}/sql_server"}
                                read: {connection: lake, format: text, path: words}
                                write: {connection: any, format: jdbc, table: words, mode: append}
                        """)
                .secret("SQL_SERVER_PASSWORD", Canary.of("password of SQL Server"))
                .secret("SQL_SERVER_TRUST", Canary.of("property of a driver"))
                .ends("read", "failed")
                .ends("write", "failed"));
    }

    private static String login(String name, String mechanism, String login, String trust) {
        return """
                  %s: {type: kafka, bootstrap_servers: "${SERVERS}", security_protocol: SASL_SSL, sasl_mechanism: %s, %s,
                    kafka.ssl.truststore.type: PKCS12, kafka.ssl.truststore.location: "${TRUST_STORE}", kafka.ssl.truststore.password: "${%s}"}
                """.formatted(name, mechanism, login, trust);
    }
}
