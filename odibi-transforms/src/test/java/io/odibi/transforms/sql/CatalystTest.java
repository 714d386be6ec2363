package io.odibi.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.transforms.TestSpark;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/** What the package relies on in Spark's internal classes; a new Spark has to pass here first. */
class CatalystTest {

    private final SparkParser parser = new SparkParser();

    @Test
    void nodesKnowWhereTheyStandAndFromWhichText() {
        String sql = "SELECT a\nFROM  t";
        LogicalPlan plan = parser.parsePlan(sql);

        UnresolvedRelation relation = find(plan).orElseThrow();

        assertThat(Catalyst.line(relation)).isEqualTo(2);
        assertThat(Catalyst.column(relation)).isEqualTo(6);
        assertThat(Catalyst.whole(relation.origin().startIndex(), -1)).isEqualTo(15);
        assertThat(relation.origin().sqlText().get()).isEqualTo(sql);
    }

    @Test
    void changedNodesKeepTheirPlaces() {
        Expression parsed = parser.parseExpression("f(\n  a)");

        Expression changed = Catalyst.mapChildren(
                parsed,
                child -> Catalyst.at(child.origin(), () -> new UnresolvedAttribute(Catalyst.seq(List.of("b")))));

        assertThat(Catalyst.line(changed)).isEqualTo(1);
        assertThat(Catalyst.line(
                        JavaConverters.seqAsJavaList(changed.children()).get(0)))
                .isEqualTo(2);
    }

    @Test
    void parserFillsInNothingAndRunsNothing() {
        assertThat(parser.parsePlan("SELECT '${spark.app.name}' AS x").toString())
                .contains("${spark.app.name}");
        assertThat(parser.parsePlan("SET spark.odibi.test=1").nodeName()).contains("SetCommand");
        assertThat(TestSpark.session().conf().getOption("spark.odibi.test").isEmpty())
                .isTrue();
    }

    @Test
    void framesAreAnalysedButNotRun() {
        Dataset<Row> table = TestSpark.table("(1)", "id");

        Dataset<Row> frame = Catalyst.frame(TestSpark.session(), Catalyst.relation("t", table));

        assertThat(frame.queryExecution().analyzed().resolved()).isTrue();
        assertThat(TestSpark.rows(frame.select("t.id"))).containsExactly("[1]");
    }

    @Test
    void constantsAreComputedWithoutAJob() {
        Column good = functions.lit("7").cast("int");
        Column bad = functions.lit("seven").cast("int");

        assertThat(Catalyst.isNull(TestSpark.session(), good)).isFalse();
        assertThat(Catalyst.isNull(TestSpark.session(), bad)).isTrue();
    }

    private static Optional<UnresolvedRelation> find(LogicalPlan plan) {
        return plan instanceof UnresolvedRelation relation
                ? Optional.of(relation)
                : JavaConverters.seqAsJavaList(plan.children()).stream()
                        .flatMap(child -> find(child).stream())
                        .findFirst();
    }
}
