package io.odibi.cli;

import io.odibi.cli.demo.DemoException;
import io.odibi.cli.demo.EarthquakeFeed;
import io.odibi.cli.demo.EarthquakeFeed.Published;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.run.Run;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a stream while it runs, and drains it when all that was published has been committed. The feed has a thread of its own; the
 * run's threads tell how far the stream is.
 */
final class DemoStream implements RunListener {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);

    private final EarthquakeFeed feed;
    private final Demo.Wish wish;
    private final Clock clock;
    private @Nullable Thread feeder;

    // Guarded by this.
    private long committed;
    private boolean hasEnded;
    private @Nullable DemoException failure;

    DemoStream(EarthquakeFeed feed, Demo.Wish wish, Clock clock) {
        this.feed = feed;
        this.wish = wish;
        this.clock = clock;
    }

    /** Begins to publish. */
    void begin(Run run) {
        Thread thread = new Thread(() -> feed(run), "odibi-demo-feed");
        thread.setDaemon(true);
        feeder = thread;
        thread.start();
        if (wish.events().isEmpty()) {
            Thread timer = new Thread(() -> stopInTime(thread), "odibi-demo-timer");
            timer.setDaemon(true);
            timer.start();
        }
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.BatchCommitted batch) {
            committed += batch.progress().rows().in().orElse(0);
        } else if (event instanceof RunEvent.NodeEnded) {
            hasEnded = true;
            feed.stop();
        }
        notifyAll();
    }

    /**
     * Returns what was published, when the feed has ended.
     *
     * @throws DemoException if the feed failed
     */
    Published end() throws InterruptedException {
        feed.stop();
        Thread thread = feeder;
        if (thread != null) {
            thread.join();
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
        }
        return feed.published();
    }

    private void feed(Run run) {
        try {
            Published published = feed.publish(wish.events().orElse(Long.MAX_VALUE), wish.rate(), clock);
            awaitCommitted(published.total());
            run.drain(GRACE);
        } catch (DemoException broken) {
            fail(broken, run);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitCommitted(long total) throws InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
        while (committed < total && !hasEnded) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private void fail(DemoException broken, Run run) {
        synchronized (this) {
            failure = broken;
        }
        try {
            run.drain(GRACE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // The timer ends with the feed, whoever stopped that.
    private void stopInTime(Thread feeding) {
        try {
            feeding.join(wish.time().toMillis());
            feed.stop();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
