package net.reroute.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Watches where there is no terminal: a line for each event, and the headline whenever it says something else. */
public final class PlainWatch {

    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 200;

    private final Asker asker;
    private final List<String> words;
    private final PrintStream out;
    private String headline = "";
    private long last = -1;

    /** @param words of the status command */
    public PlainWatch(Asker asker, List<String> words, PrintStream out) {
        this.asker = asker;
        this.words = new ArrayList<>(words);
        this.words.addAll(List.of("--json", "--fields", "headline,headlineParts,happened"));
        this.out = out;
    }

    /** Runs until nobody reads, or the thread is interrupted. */
    public void run() {
        while (!Thread.currentThread().isInterrupted() && !out.checkError()) {
            step();
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** Asks once, and prints what is new. */
    void step() {
        Asker.Answer answer = asker.ask(words, WIDTH, false);
        String text = String.join("\n", answer.lines());
        try {
            tell(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            headline(text, text); // an error is a sentence
        }
        out.flush();
    }

    private void tell(JsonNode status) {
        if (status.has("error")) {
            headline(status.get("error").asText(), status.get("error").asText());
            return;
        }
        List<JsonNode> rows = new ArrayList<>();
        status.path("happened").forEach(rows::add);
        for (JsonNode row : rows.reversed()) {
            if (row.path("id").asLong() > last && last >= 0) {
                out.println(time(Instant.parse(row.path("at").asText())) + "  " + row.path("text").asText());
            }
        }
        last = rows.isEmpty() ? Math.max(last, 0) : Math.max(last, rows.getFirst().path("id").asLong());
        StringBuilder steady = new StringBuilder();
        status.path("headlineParts").forEach(p -> steady.append(p.isTextual() ? p.asText() : "|"));
        headline(status.path("headline").asText(), steady.toString());
    }

    /** @param steady without ages, which pass */
    private void headline(String text, String steady) {
        if (!steady.equals(headline)) {
            headline = steady;
            out.println(time(Instant.now()) + "  " + text);
        }
    }

    private static String time(Instant at) {
        return TIME.withZone(ZoneId.systemDefault()).format(at);
    }
}
