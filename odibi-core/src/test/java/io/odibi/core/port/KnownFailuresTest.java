package io.odibi.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.text.Position;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownFailuresTest {

    private static final NodePlan NODE = new NodePlan(
            new NodeId("p", "n"),
            Optional.empty(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Position.NONE);

    private final KnownFailures known = KnownFailures.none()
            .lasting(
                    KnownFailures.says("full"),
                    (thrown, node) -> node.id().node() + ": " + KnownFailures.firstLine(thrown))
            .passing(KnownFailures.named("java.io.IOException"), (thrown, node) -> "no file");

    @Test
    void tellsTheFirstOfTheListThatFitsAnyCause() {
        Throwable cause = new IllegalStateException("the disk is full.\nat somewhere");

        assertThat(known.explain(List.of(new FileNotFoundException("x"), cause), NODE))
                .contains(new Explanation("n: the disk is full", Nature.LASTING));
    }

    @Test
    void knowsAClassByThoseItExtends() {
        assertThat(known.explain(List.of(new FileNotFoundException()), NODE))
                .contains(new Explanation("no file", Nature.PASSING));
    }

    @Test
    void knowsNothingElse() {
        assertThat(known.explain(List.of(new IllegalStateException()), NODE)).isEmpty();
    }
}
