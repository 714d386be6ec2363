package io.odibi.transforms;

import static io.odibi.transforms.Steps.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.OutputMode;
import io.odibi.core.port.Transform;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.spark.TransformContract;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every transform keeps to, asked of each of the built-in ones. */
class BuiltInContractsTest {

    private static final String WITHOUT = "needs another input, which the suite does not give; see StreamParityTest";
    private static final Map<String, String> OTHER_INPUT = Map.of(
            "appliesToAFrameWithoutRows", WITHOUT,
            "runsNothingWhenItIsApplied", WITHOUT,
            "givesTheSameRowsInBatchAndAsAStream", WITHOUT);

    /** A built-in transform over rows with a column of each kind. */
    abstract static class BuiltIn extends TransformContract {

        private final String name;
        private final Mapping settings;

        BuiltIn(String name, Object... settings) {
            this.name = name;
            this.settings = mapping(settings);
        }

        @Override
        @SuppressWarnings("unchecked") // all transforms of this module work on these
        protected Transform<Dataset<Row>> transform() {
            return (Transform<Dataset<Row>>) Steps.transform(name);
        }

        @Override
        protected Mapping settings() {
            return settings;
        }

        @Override
        protected Dataset<Row> input(SparkSession session) {
            return TestSpark.table(
                    "(1, 'ann', timestamp'2024-01-01 00:01:00', 10.5, array('x', 'y'), named_struct('k', 'a', 'n', 1), '{\"v\": 1}'),"
                            + "(2, null, timestamp'2024-01-01 00:07:00', null, array(), null, 'nonsense'),"
                            + "(3, 'cy', timestamp'2024-01-01 00:16:00', 7.0, null, named_struct('k', 'c', 'n', 3), null)",
                    "id, name, ts, score, tags, info, json");
        }

        @Override
        protected Dataset<Row> prepare(Dataset<Row> input) {
            return input.withWatermark("ts", "10 minutes");
        }
    }

    @Test
    void areAskedOfEachTransform() {
        List<String> asked = Arrays.stream(BuiltInContractsTest.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class))
                .map(Class::getSimpleName)
                .toList();

        assertThat(Steps.transforms().values())
                .extracting(transform -> transform.getClass().getSimpleName() + "Contract")
                .isSubsetOf(asked);
    }

    @Nested
    class SqlTransformContract extends BuiltIn {
        SqlTransformContract() {
            super("sql", "query", "SELECT id, upper(name) AS n FROM {input} WHERE score > 1");
        }
    }

    @Nested
    class FilterRowsContract extends BuiltIn {
        FilterRowsContract() {
            super("filter_rows", "condition", "score IS NOT NULL AND id < 3");
        }
    }

    @Nested
    class DeriveContract extends BuiltIn {
        DeriveContract() {
            super("derive", "columns", mapping("a", "id + 1", "b", "a * 2"));
        }
    }

    @Nested
    class SelectColumnsContract extends BuiltIn {
        SelectColumnsContract() {
            super("select_columns", "columns", List.of("ts", "id"));
        }
    }

    @Nested
    class DropColumnsContract extends BuiltIn {
        DropColumnsContract() {
            super("drop_columns", "columns", List.of("tags", "info"));
        }
    }

    @Nested
    class RenameColumnsContract extends BuiltIn {
        RenameColumnsContract() {
            super("rename_columns", "mapping", mapping("id", "key"));
        }
    }

    @Nested
    class CastColumnsContract extends BuiltIn {
        CastColumnsContract() {
            super("cast_columns", "casts", mapping("id", "string", "score", "int"));
        }
    }

    @Nested
    class FillNullsContract extends BuiltIn {
        FillNullsContract() {
            super("fill_nulls", "values", mapping("name", "none", "score", 0));
        }
    }

    @Nested
    class ParseJsonContract extends BuiltIn {
        ParseJsonContract() {
            super("parse_json", "column", "json", "json_schema", "v INT");
        }
    }

    @Nested
    class ExplodeContract extends BuiltIn {
        ExplodeContract() {
            super("explode", "column", "tags");
        }
    }

    @Nested
    class FlattenStructContract extends BuiltIn {
        FlattenStructContract() {
            super("flatten_struct", "column", "info", "prefix", "info");
        }
    }

    @Nested
    class UnpivotContract extends BuiltIn {
        UnpivotContract() {
            super("unpivot", "id_cols", List.of("id"), "value_vars", List.of("name", "json"));
        }
    }

    @Nested
    class DeduplicateContract extends BuiltIn {
        DeduplicateContract() {
            super("deduplicate", "keys", List.of("id", "ts"));
        }
    }

    @Nested
    class DistinctContract extends BuiltIn {
        DistinctContract() {
            super("distinct", "columns", List.of("id", "ts"));
        }
    }

    @Nested
    class AggregateContract extends BuiltIn {
        AggregateContract() {
            super("aggregate", "group_by", "id", "aggregations", mapping("score", "max"));
        }

        @Override
        protected OutputMode outputMode() {
            return OutputMode.COMPLETE;
        }
    }

    @Nested
    class SortContract extends BuiltIn {
        SortContract() {
            super("sort", "by", "id");
        }
    }

    @Nested
    class LimitContract extends BuiltIn {
        LimitContract() {
            super("limit", "n", 2);
        }
    }

    @Nested
    class SampleContract extends BuiltIn {
        SampleContract() {
            super("sample", "fraction", 1, "seed", 7);
        }
    }

    @Nested
    class WindowCalculationContract extends BuiltIn {
        WindowCalculationContract() {
            super("window_calculation", "target_col", "most", "function", "max(score)");
        }
    }

    @Nested
    class PivotContract extends BuiltIn {
        PivotContract() {
            super("pivot", "group_by", "id", "pivot_col", "name", "values", List.of("ann", "cy"), "agg_col", "score");
        }

        @Override
        protected Map<String, String> waivers() {
            return Map.of(
                    "givesTheSameRowsInBatchAndAsAStream",
                    "of a stream it needs a window of time; see StreamParityTest");
        }
    }

    @Nested
    class UnionContract extends BuiltIn {
        UnionContract() {
            super("union", "datasets", "others");
        }

        @Override
        protected Map<String, String> waivers() {
            return OTHER_INPUT;
        }
    }

    @Nested
    class JoinContract extends BuiltIn {
        JoinContract() {
            super("join", "right_dataset", "others", "on", "id");
        }

        @Override
        protected Map<String, String> waivers() {
            return OTHER_INPUT;
        }
    }
}
