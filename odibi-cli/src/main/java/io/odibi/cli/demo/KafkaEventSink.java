package io.odibi.cli.demo;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes to one Kafka topic; each event once and in order, also when the broker is away for a minute. */
final class KafkaEventSink implements EventSink {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Producer<String, String> producer;
    private final String topic;

    KafkaEventSink(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "odibi-earthquake-feed",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        10),
                new StringSerializer(),
                new StringSerializer());
    }

    @Override
    public void send(String key, String value, Delivery delivery) {
        try {
            var unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
                if (failure == null) {
                    delivery.acknowledged();
                } else {
                    delivery.failed(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // The producer throws IllegalStateException once another thread has closed it.
            delivery.failed(e);
        }
    }

    @Override
    public void flush() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            // It has set the thread's interrupt flag again, which is all that the feed needs to know.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
