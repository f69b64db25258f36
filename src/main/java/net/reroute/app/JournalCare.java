package net.reroute.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.reroute.check.Libc;
import net.reroute.command.CommandResult;
import net.reroute.command.LocalCommand;
import net.reroute.core.Event;
import net.reroute.core.Inventory.Settings;
import net.reroute.core.ProgramRemarks.AnchorNotSent;
import net.reroute.journal.Anchors;
import net.reroute.journal.Head;
import net.reroute.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the daemon's journal: reports damage, removes old rows, and sends the hash of the newest row to places
 * out of reach of a user that can rewrite the journal.
 */
final class JournalCare {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ControllerRuntime runtime;
    private final BackgroundServices background;
    private final Journal journal;
    private int told;

    JournalCare(ControllerRuntime runtime, BackgroundServices background, Journal journal) {
        this.runtime = runtime;
        this.background = background;
        this.journal = journal;
    }

    /** Reports what was found when the journal was opened, then examines all of it in the background. */
    void begin() {
        tell();
        Thread.ofPlatform().daemon().name("examine").start(() -> {
            Libc.yieldProcessor();
            journal.examine();
        });
    }

    /** Reports each fault of the journal once. */
    synchronized void tell() {
        List<String> all = journal.complaints();
        all.subList(told, all.size()).forEach(text -> {
            LOG.error("{}", text);
            runtime.controller.audit().tell(Event.Kind.TROUBLE, Map.of("text", text));
        });
        told = all.size();
    }

    void prune() {
        journal.prune(Instant.now().minus(runtime.inventory().settings().keepHistory()));
    }

    void sendAnchor() {
        List<String> places = runtime.inventory().settings().anchors();
        if (places.isEmpty()) {
            return;
        }
        journal.head().filter(h -> h.id() > 0).ifPresent(head -> places.forEach(place -> {
            try {
                send(place, head);
            } catch (IOException | IllegalArgumentException e) {
                runtime.controller.audit().record(new AnchorNotSent(place, String.valueOf(e.getMessage())));
            }
        }));
    }

    private void send(String place, Head head) throws IOException {
        if (place.startsWith("/")) {
            Anchors.add(Path.of(place), head);
        } else if (runtime.inventory().response().channels().containsKey(place)) {
            background.notify(place, "anchor", "reroute journal anchor " + Anchors.line(Instant.now(), head));
        } else if (place.equals(Settings.SYSLOG)) {
            CommandResult ran = LocalCommand.run(List.of("logger", "-t", "reroute", "-p", "authpriv.notice", "--",
                    "journal anchor " + Anchors.line(Instant.now(), head)), Map.of(), "", PATIENCE);
            if (!ran.ok()) {
                throw new IOException("logger: " + ran.sentence());
            }
        }
    }
}
