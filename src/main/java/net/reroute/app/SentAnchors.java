package net.reroute.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.reroute.command.HereCommand;
import net.reroute.command.Ran;
import net.reroute.core.Event;
import net.reroute.core.Inventory.Settings;
import net.reroute.journal.Anchors;
import net.reroute.journal.Head;
import net.reroute.journal.Journal;

/** Sends the head of the journal elsewhere, where who can rewrite the journal cannot rewrite it. */
final class SentAnchors {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Backstage backstage;
    private final Journal journal;

    SentAnchors(Engine engine, Backstage backstage, Journal journal) {
        this.engine = engine;
        this.backstage = backstage;
        this.journal = journal;
    }

    void send() {
        List<String> places = engine.inventory().settings().anchors();
        if (places.isEmpty()) {
            return;
        }
        journal.head().filter(h -> h.id() > 0).ifPresent(head -> places.forEach(place -> {
            try {
                send(place, head);
            } catch (IOException | IllegalArgumentException e) {
                String text = "the journal's anchor cannot be sent to " + place + ": " + e.getMessage();
                engine.controller.recorder().say(true, "anchor", "journal", text);
                engine.controller.recorder().tell(Event.Kind.TROUBLE, Map.of("text", text));
            }
        }));
    }

    private void send(String place, Head head) throws IOException {
        if (place.startsWith("/")) {
            Anchors.add(Path.of(place), head);
        } else if (engine.inventory().response().channels().containsKey(place)) {
            backstage.notify(place, "anchor", "reroute journal anchor " + Anchors.line(Instant.now(), head));
        } else if (place.equals(Settings.SYSLOG)) {
            Ran ran = HereCommand.run(List.of("logger", "-t", "reroute", "-p", "authpriv.notice", "--",
                    "journal anchor " + Anchors.line(Instant.now(), head)), Map.of(), "", PATIENCE);
            if (!ran.ok()) {
                throw new IOException("logger: " + ran.sentence());
            }
        }
    }
}
