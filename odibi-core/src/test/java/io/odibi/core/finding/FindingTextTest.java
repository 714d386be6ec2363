package io.odibi.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.text.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTextTest {

    private final FindingText text = new FindingText();

    @Test
    void rendersEachFindingWithItsNotesAligned() {
        Finding unknown = Finding.of(
                        FindingCode.CONFIG_UNKNOWN_KEY, new Position("a.yaml", 14, 9), "unknown key 'output_mod'")
                .path("pipelines[p].nodes[n].streaming")
                .allow("checkpoint_location, output_mode")
                .hint("did you mean 'output_mode'?");
        Finding sort = Finding.of(
                        FindingCode.PLAN_NEEDS_COMPLETE_INPUT,
                        new Position("b.yaml", 31, 11),
                        "'sort' cannot run in a stream")
                .why("sort needs its whole input")
                .fix("drop the step");
        Finding old = Finding.of(FindingCode.CONFIG_DEPRECATED, Position.ofFile("b.yaml"), "'story' has no effect");

        assertThat(text.render(List.of(unknown, sort, old))).isEqualTo("""
                        a.yaml:14:9: unknown key 'output_mod' [CONFIG_UNKNOWN_KEY]
                            at    pipelines[p].nodes[n].streaming
                            allow checkpoint_location, output_mode
                            hint  did you mean 'output_mode'?
                        b.yaml:31:11: 'sort' cannot run in a stream [PLAN_NEEDS_COMPLETE_INPUT]
                            why   sort needs its whole input
                            fix   drop the step
                        b.yaml: warning: 'story' has no effect [CONFIG_DEPRECATED]
                        2 errors, 1 warning in 2 files
                        """);
    }

    @Test
    void saysNothingAboutNothing() {
        assertThat(text.render(List.of())).isEmpty();
        assertThat(text.summary(List.of())).isEqualTo("no errors");
    }

    @Test
    void indentsTheLaterLinesOfANote() {
        Finding finding =
                Finding.of(FindingCode.SQL_SYNTAX, Position.NONE, "no SQL").fix("write\n  this");

        assertThat(text.render(List.of(finding)))
                .isEqualTo("no SQL [SQL_SYNTAX]\n    fix   write\n            this\n1 error\n");
    }

    @Test
    void letsNoControlCharacterReachTheTerminal() {
        Finding finding = Finding.of(FindingCode.CONFIG_VALUE, Position.ofFile("a.yaml"), "key '\u001b[31m'");

        assertThat(text.render(List.of(finding))).doesNotContain("\u001b");
    }
}
