package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFeedTest {

    @TempDir
    private Path state;

    @Test
    void onceItHasClosedItReadsNoMore() throws Exception {
        Thread user = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        try (Journal journal = Journal.open(state)) {
            JournalFeed feed = new JournalFeed(state, journal, () -> {
                begun.countDown();
                while (user.getState() != Thread.State.TIMED_WAITING && !closed.get()) {
                    Thread.onSpinWait();
                }
                ended.set(!closed.get());
            });
            begun.await();
            feed.close();
            closed.set(true);
            assertThat(ended).as("the thread that reads has ended").isTrue();
        }
    }
}
