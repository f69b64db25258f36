package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a failed check to the line typed at a router, as docs/architecture.md draws it: recorded while a server dies in
 * a rehearsal, by the flight recorder's method tracing (JEP 520).
 */
@Timeout(180)
class FailedCheckPathTest {

    private static final int MOST_TYPES = 15;
    private static final String OURS = "net.reroute.";
    /** Where one thread hands over to the next, and where the line leaves. */
    private static final String STARTS_A_CHECK = "net.reroute.health.CheckScheduler::start";
    private static final String ASKS_FOR_A_CYCLE = "net.reroute.control.CycleRequest::merge";
    private static final String HANDS_TO_A_ROUTER = "net.reroute.control.RouterWorker::submit";
    private static final String TYPES_THE_LINE = "net.reroute.ssh.Shell::run";

    @TempDir
    Path folder;

    @Test
    void itPassesTheTypesThatAreDrawnInTheThreadsThatAreDrawn() throws Exception {
        List<RecordedEvent> events = recorded();
        List<List<String>> walked = List.of(way(events, STARTS_A_CHECK, "schedule.Timetable"),
                way(events, ASKS_FOR_A_CYCLE, "health.HealthMonitor"),
                way(events, HANDS_TO_A_ROUTER, "control.Controller.cycleNow"),
                way(events, TYPES_THE_LINE, "route.RouteRedirector.apply"));
        assertThat(walked).isEqualTo(drawn());
        Set<String> types = new LinkedHashSet<>();
        walked.forEach(types::addAll);
        assertThat(types).hasSizeLessThanOrEqualTo(MOST_TYPES);
    }

    private List<RecordedEvent> recorded() throws Exception {
        Path file = folder.resolve("recorded.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.MethodTrace").with("filter",
                    String.join(";", STARTS_A_CHECK, ASKS_FOR_A_CYCLE, HANDS_TO_A_ROUTER, TYPES_THE_LINE))
                    .withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            rehearse();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private void rehearse() throws Exception {
        Files.createDirectories(folder.resolve("inventory"));
        Files.writeString(folder.resolve("inventory/all.yaml"),
                """
                routers:
                  gw1: {dialect: linux, address: 192.168.1.1, user: root, agent: true}
                servers:
                  host1: {address: 192.168.1.2}
                  host2: {address: 192.168.1.3}
                checks:
                  web: {http: "http://{server}/", every: 200ms, fast: 100ms, timeout: 200ms, fall: 2, rise: 2}
                services:
                  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}
                """);
        Path script = Files.writeString(folder.resolve("script"), "kill host1\n");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Rehearse.run(new Paths(folder, folder.resolve("state"), false),
                new Practice(Optional.empty(), Optional.of(script), false, false),
                new Console(nowhere, nowhere, 200, false, new Actor.Human("anna", "")));
    }

    /** The types on the newest stack that ends at a method and goes through these places, outermost first. */
    private static List<String> way(List<RecordedEvent> events, String end, String... through) {
        List<List<RecordedFrame>> stacks = events.stream().filter(e -> isOf(e, end))
                .map(e -> e.getStackTrace().getFrames())
                .filter(frames -> Stream.of(through).allMatch(t -> frames.stream().anyMatch(f -> place(f).contains(t))))
                .toList();
        assertThat(stacks).as("stacks that end at " + end).isNotEmpty();
        LinkedHashSet<String> types = new LinkedHashSet<>();
        List<RecordedFrame> frames = new ArrayList<>(stacks.getLast());
        Collections.reverse(frames);
        frames.stream().map(f -> f.getMethod().getType().getName()).filter(n -> n.startsWith(OURS))
                .forEach(n -> types.add(n.substring(OURS.length()).replaceAll("\\$.*", "")));
        types.add(end.substring(OURS.length()).replaceAll("::.*", ""));
        return List.copyOf(types);
    }

    private static boolean isOf(RecordedEvent event, String method) {
        return event.getEventType().getName().equals("jdk.MethodTrace") && event.getStackTrace() != null
                && event.getValue("method") instanceof jdk.jfr.consumer.RecordedMethod m
                && (m.getType().getName() + "::" + m.getName()).equals(method);
    }

    private static String place(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** What stands in the picture: a paragraph a thread, a line a type, its name first. */
    private static List<List<String>> drawn() throws IOException {
        String text = Files.readString(Path.of("docs/architecture.md"));
        String picture = text.substring(text.indexOf("## The way of one failed check")).split("\n## ", 2)[0];
        List<List<String>> threads = new ArrayList<>();
        for (String thread : picture.split("(?m)^    -- ")) {
            Matcher type = Pattern.compile("(?m)^    (\\w+(?:\\.\\w+)+)  ").matcher(thread);
            List<String> types = new ArrayList<>(type.results().map(r -> r.group(1)).toList());
            if (!types.isEmpty()) {
                threads.add(types);
            }
        }
        return threads;
    }
}
