package net.reroute;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.reroute.lab.Stacks;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends a suite that is stuck: if nothing has begun or ended for longer than any test may take, what all threads wait for is
 * written down, here and in the processes that were started, and this process ends as failed. JUnit finds it by itself.
 */
public final class SuiteWatch implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** More than the deadline of any single test. */
    static final Duration LONGEST = Duration.ofMinutes(8);
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Several processes run tests at once. */
    private static final Path REPORT = Path.of("target/suite-stuck-" + ProcessHandle.current().pid() + ".txt");
    private static final SuiteWatch SUITE = new SuiteWatch(SuiteWatch::end);

    private final Consumer<String> stuck;
    private String last = "the start";
    private long at = System.nanoTime();

    /** As JUnit makes it. */
    public SuiteWatch() {
        this(text -> {
        });
    }

    /** @param stuck told what it was that began or ended last */
    SuiteWatch(Consumer<String> stuck) {
        this.stuck = stuck;
    }

    static {
        Thread.ofPlatform().daemon().name("suite-watch").start(() -> {
            while (true) {
                LockSupport.parkNanos(LOOK.toNanos());
                SUITE.look(System.nanoTime());
            }
        });
    }

    synchronized void happened(String what, long nanos) {
        last = what;
        at = nanos;
    }

    synchronized void look(long nanos) {
        if (nanos - at > LONGEST.toNanos()) {
            stuck.accept(last);
        }
    }

    private static void end(String last) {
        String text = "THE SUITE IS STUCK: nothing for " + LONGEST.toMinutes() + " minutes after " + last + "\n"
                + threads() + Stacks.of(ProcessHandle.current()).replace("\r", "");
        try {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, text);
        } catch (IOException e) {
            System.err.println(REPORT + " cannot be written: " + e.getMessage());
        }
        System.err.println(text);
        System.err.flush();
        LockSupport.parkNanos(LOOK.toNanos()); // whoever collects the output is given the time
        Runtime.getRuntime().halt(1);
    }

    /** Virtual ones too, which no other way shows. */
    private static String threads() {
        try {
            Path file = Files.createTempDirectory("suite").resolve("threads.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(),
                    HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } catch (IOException e) {
            return "the threads are not known: " + e;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        SUITE.happened("the start of " + context.getDisplayName(), System.nanoTime());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SUITE.happened("the start of " + context.getUniqueId(), System.nanoTime());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        SUITE.happened("the end of " + context.getUniqueId(), System.nanoTime());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        SUITE.happened("the end of " + context.getDisplayName(), System.nanoTime());
    }
}
