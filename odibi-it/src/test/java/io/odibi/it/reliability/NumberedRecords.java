package io.odibi.it.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Producers that go on until they are told to end, each record with who made it as its key and the how many-th it is as its value: some 400
 * records of each in a second, spread over two partitions. What is counted as sent was acknowledged by the broker. The owner ends it.
 */
final class NumberedRecords {

    /** How many producers there are: {@code producer0}, {@code producer1} and so on. */
    static final int PRODUCERS = 2;

    /** Who makes the last record of each partition, whose number lies past every window of the others. */
    static final String LAST = "last";

    private static final int PARTITIONS = 2;
    private static final int ROUND = 40;

    private final String servers;
    private final String topic;
    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread thread = new Thread(this::produce, "producers");
    private Throwable failure;
    private long sent;

    private NumberedRecords(String servers, String topic) {
        this.servers = servers;
        this.topic = topic;
    }

    /** Begins to produce into a topic of two partitions. */
    static NumberedRecords into(String servers, String topic) {
        NumberedRecords records = new NumberedRecords(servers, topic);
        records.thread.start();
        return records;
    }

    /** Ends the producers, and returns how many records each has sent: their numbers go from 0 to that. */
    long end() throws InterruptedException {
        told.countDown();
        thread.join();
        if (failure != null) {
            throw new AssertionError("the producers failed", failure);
        }
        return sent;
    }

    private void produce() {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
        try (KafkaProducer<String, String> kafka =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            while (!told.await(100, TimeUnit.MILLISECONDS)) {
                List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
                for (long number = sent; number < sent + ROUND; number++) {
                    for (int who = 0; who < PRODUCERS; who++) {
                        acknowledgements.add(
                                send(kafka, (int) ((number + who) % PARTITIONS), "producer" + who, number));
                    }
                }
                awaitAll(acknowledgements);
                sent += ROUND;
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(kafka, partition, LAST, sent + 100_000).get();
            }
        } catch (InterruptedException | ExecutionException | RuntimeException failed) {
            failure = failed;
        }
    }

    private Future<RecordMetadata> send(KafkaProducer<String, String> kafka, int partition, String who, long number) {
        return kafka.send(new ProducerRecord<>(topic, partition, who, Long.toString(number)));
    }

    private static void awaitAll(List<Future<RecordMetadata>> acknowledgements)
            throws InterruptedException, ExecutionException {
        for (Future<RecordMetadata> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }
}
