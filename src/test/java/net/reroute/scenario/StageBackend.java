package net.reroute.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.reroute.core.AccessToken;
import net.reroute.core.Facts.Shelf;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;
import net.reroute.operations.DirectOperations;
import net.reroute.operations.Operations;
import net.reroute.web.Backend;

/** The page and the API of a stage. */
final class StageBackend implements Backend {

    private final Stage stage;
    private final StageAccess access;
    private final List<Consumer<List<JournalRow>>> listeners = new CopyOnWriteArrayList<>();
    private long told;

    StageBackend(Stage stage) {
        this.stage = stage;
        this.access = new StageAccess(stage);
    }

    /** Hands out what the journal has by now. */
    void tell() throws IOException {
        List<JournalRow> rows = after(told);
        if (!rows.isEmpty()) {
            told = rows.getLast().id();
            listeners.forEach(l -> l.accept(rows));
        }
    }

    @Override
    public Operations operations(String who) {
        return new DirectOperations(access);
    }

    @Override
    public List<AccessToken> tokens() {
        return stage.controller.audit().state().notes(Shelf.TOKEN).entrySet().stream()
                .flatMap(e -> AccessToken.of(e.getKey(), e.getValue()).stream()).toList();
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public Optional<String> stuck() {
        return Optional.empty();
    }

    @Override
    public Optional<String> unready() {
        return Optional.of("3 checks have no result yet");
    }

    @Override
    public Metrics metrics(String accept) {
        return new Metrics("text/plain", "reroute_acts 1\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<JournalRow> recent() {
        return access.recent();
    }

    @Override
    public List<JournalRow> after(long id) throws IOException {
        try (JournalReader reader = JournalReader.open(stage.state())) {
            return reader.after(id, 1000);
        }
    }

    @Override
    public void listen(Consumer<List<JournalRow>> listener) {
        listeners.add(listener);
    }
}
