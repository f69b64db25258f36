package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Long connections of a client, and what has become of them. */
public final class LabConnections {

    private static int number;

    /**
     * @param open connections that are open
     * @param broken that were reset or closed
     * @param silent that got no answer for more than a second
     * @param last when the last one broke, in milliseconds since 1970
     * @param by which host answered last, by the number of the host
     */
    public record Tally(int open, int broken, int silent, long last, Map<Integer, Integer> by) {}

    private final Process process;
    private final Path told;
    private int asked;

    private LabConnections(Process process, Path told) {
        this.process = process;
        this.told = told;
    }

    /** Starts the server of long connections on every host. */
    public static void serve(Lab lab) {
        Lab.HOSTS.forEach(h -> serve(lab, h));
        Lab.HOSTS.forEach(h -> Lab.await(h + " answers", () -> lab.listens(h, LongConnections.PORT)));
    }

    public static Process serve(Lab lab, String host) {
        return lab.start(host, lab.folder().resolve(host + ".long"),
                Lab.java(LongConnections.class, "serve", host.substring("host".length())));
    }

    /** Opens connections from a machine, and waits until each was answered once. */
    public static LabConnections open(Lab lab, String machine, String address, int connections, int millis,
            String... from) {
        Path told = lab.folder().resolve("long" + number++);
        String[] arguments = from.length == 0
                ? new String[]{address, String.valueOf(connections), String.valueOf(millis)}
                : new String[]{address, String.valueOf(connections), String.valueOf(millis), from[0]};
        LabConnections opened = new LabConnections(
                lab.start(machine, told, Lab.java(LongConnections.class, arguments)), told);
        Lab.await(connections + " connections", () -> !opened.tally().by().containsKey(0)
                && opened.tally().open() == connections, () -> LabSshd.read(told));
        return opened;
    }

    public Tally tally() {
        return say("tell");
    }

    public void pause() {
        say("pause");
    }

    public void speak() {
        say("speak");
    }

    /** Ends all connections by a reset each. */
    public void vanish() {
        say("vanish");
    }

    private Tally say(String command) {
        asked++;
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(LabSshd.read(told), e);
        }
        Lab.await("an answer", () -> answers().size() >= asked, () -> LabSshd.read(told));
        List<String> words = List.of(answers().get(asked - 1).split(" "));
        Map<Integer, Integer> by = new TreeMap<>();
        words.subList(5, words.size()).forEach(w -> by.put(Integer.parseInt(w.replaceAll("=.*", "")),
                Integer.parseInt(w.replaceAll(".*=", ""))));
        return new Tally(number(words, 1), number(words, 2), number(words, 3), Long.parseLong(words.get(4)), by);
    }

    private List<String> answers() {
        return LabSshd.read(told).lines().filter(l -> l.startsWith("tally ")).toList();
    }

    private static int number(List<String> words, int i) {
        return Integer.parseInt(words.get(i));
    }

    public void end() {
        process.destroyForcibly();
    }
}
