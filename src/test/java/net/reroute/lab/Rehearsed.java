package net.reroute.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.reroute.api.Client;
import net.reroute.api.Request;

/** A rehearsal that is kept: a real daemon with its page, before simulated routers and servers. */
final class Rehearsed implements AutoCloseable {

    private final Process process;
    private final JsonNode doors;
    private final Path log;

    /** @param home receives the inventory of the reference network, unless it has one */
    Rehearsed(Path home) {
        try {
            Path inventory = Files.createDirectories(home.resolve("inventory")).resolve("widgetco.yaml");
            if (!Files.exists(inventory)) {
                Files.copy(Path.of("inventory/widgetco.yaml"), inventory);
            }
            Path script = Files.writeString(home.resolve("steps"), "wait 10ms\n");
            log = home.resolve("story.log");
            List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
                    "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
            command.addAll(Ahead.words());
            command.addAll(List.of("net.reroute.app.Main", "--home", home.toString(), "rehearse", "--keep", "--json",
                    "--script", script.toString()));
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
            BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(),
                    StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("the rehearsal did not begin:\n" + story());
            }
            doors = new ObjectMapper().readTree(line);
            Lab.await("the rehearsal is kept", 60, () -> story().contains("Here: kill SERVER"), this::story);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String page() {
        return doors.get("page").asText();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** A step, as it is typed at the rehearsal: kill host1. */
    void step(String words) {
        try {
            process.getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command; its output. */
    String ask(String... args) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        try {
            Client.ask(Path.of(doors.get("state").asText(), "socket"), new Request(List.of(args), "/", 100, false, ""),
                    out, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    String story() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        Lab.await("the rehearsal has ended", () -> !process.isAlive());
    }
}
