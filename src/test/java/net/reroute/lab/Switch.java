package net.reroute.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The lab's bridge as a switch: at which port it looks for a hardware address, and everything it learns of that. */
final class Switch implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Lab lab;
    private final Path log;
    private final Process monitor;

    /** Hears from now on what the switch learns; returns when it does. */
    Switch(Lab lab) {
        this.lab = lab;
        this.log = lab.folder().resolve("fdb-" + COUNT.incrementAndGet() + ".log");
        this.monitor = lab.start("lan", log, List.of("bridge", "monitor", "fdb"));
        learnt();
    }

    /** The port at which it looks for a hardware address; empty if it would ask all. */
    String port(String hardware) {
        return lab.in("lan", "bridge fdb show br br").lines()
                .filter(l -> l.startsWith(hardware + " ") && !l.contains("permanent"))
                .map(l -> l.replaceAll(".* dev (\\S+) .*", "$1")).findFirst().orElse("");
    }

    /** Whether it has looked for a hardware address at that port, if only for a moment. */
    boolean hasLookedFor(String hardware, String port) {
        return learnt().contains(hardware + " dev " + port + " ");
    }

    /** All that it has learnt: a mark of our own comes behind it, so nothing is still under way. */
    private String learnt() {
        String mark = "02:00:00:00:00:%02x".formatted(COUNT.incrementAndGet());
        Lab.await("the switch tells what it learns", () -> {
            lab.in("lan", "bridge fdb replace " + mark + " dev ctl master static; bridge fdb del " + mark
                    + " dev ctl master");
            return read().contains(mark);
        }, this::read);
        return read();
    }

    private String read() {
        return LabSshd.read(log);
    }

    @Override
    public void close() {
        monitor.destroy();
        Lab.await("bridge monitor has ended", () -> !monitor.isAlive());
    }
}
