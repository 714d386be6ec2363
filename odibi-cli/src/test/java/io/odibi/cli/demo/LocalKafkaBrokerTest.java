package io.odibi.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaBrokerTest {
    @Test
    void refusesAFolderWithoutKafka(@TempDir Path folder) {
        try (LocalKafkaBroker broker = LocalKafkaBroker.in(folder, folder.resolve("files"))) {
            assertThatThrownBy(broker::start)
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("has no kafka_*.jar");
        }
    }

    @Test
    @Timeout(60)
    void saysInOneLineWhyTheBrokerEndedAtOnce(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("kafka_broken.jar"));
        try (LocalKafkaBroker broker = LocalKafkaBroker.in(folder, folder.resolve("files"))) {
            assertThatThrownBy(broker::start).isInstanceOfSatisfying(DemoException.class, failure -> {
                assertThat(failure).hasMessageStartingWith("cannot start Kafka: ");
                assertThat(failure.getMessage())
                        .contains("kafka.tools.StorageTool", "broker.log")
                        .doesNotContain("\n");
                assertThat(failure.logTail()).isNotEmpty();
            });
            assertThat(broker.isRunning()).isFalse();
            assertThat(broker.log()).exists();
        }
    }

    @Test
    void refusesTheFilesOfAnotherBroker(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("kafka_any.jar"));
        Files.createDirectories(folder.resolve("files").resolve("data"));
        try (LocalKafkaBroker broker = LocalKafkaBroker.in(folder, folder.resolve("files"))) {
            assertThatThrownBy(broker::start).hasMessageContaining("belongs to another broker");
        }
    }

    @Test
    void hasNoAddressBeforeItStarts(@TempDir Path folder) {
        try (LocalKafkaBroker broker = LocalKafkaBroker.in(folder, folder)) {
            assertThatThrownBy(broker::bootstrapServers).isInstanceOf(IllegalStateException.class);
        }
    }
}
