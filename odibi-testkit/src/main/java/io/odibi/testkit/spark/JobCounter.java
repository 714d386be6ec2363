package io.odibi.testkit.spark;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs that Spark starts. */
final class JobCounter {

    private static final long PATIENCE_SECONDS = 30;
    private static final String GROUP = "spark.jobGroup.id";

    private JobCounter() {}

    /** Returns what the jobs are called that {@code work} starts. */
    static List<String> jobsOf(SparkContext context, Runnable work) {
        Counting counting = new Counting("odibi-testkit-" + UUID.randomUUID());
        context.addSparkListener(counting);
        try {
            work.run();
            runMarker(context, counting);
            return List.copyOf(counting.jobs);
        } finally {
            context.removeSparkListener(counting);
        }
    }

    /** Listeners hear of jobs later, in order: what was started before the marker is known when the marker is heard of. */
    private static void runMarker(SparkContext context, Counting counting) {
        context.setJobGroup(counting.marker, "end of the work whose jobs are counted", false);
        try {
            JavaSparkContext.fromSparkContext(context)
                    .parallelize(List.of(1), 1)
                    .count();
            if (!counting.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Spark's listeners have not heard of a job for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        } finally {
            context.clearJobGroup();
        }
    }

    private static final class Counting extends SparkListener {
        private final String marker;
        private final List<String> jobs = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        private Counting(String marker) {
            this.marker = marker;
        }

        @Override
        public void onJobStart(SparkListenerJobStart start) {
            if (marker.equals(start.properties().getProperty(GROUP))) {
                ended.countDown();
            } else if (ended.getCount() > 0) {
                jobs.add("job " + start.jobId() + ": "
                        + start.properties().getProperty("callSite.short", "from an unknown place"));
            }
        }
    }
}
