package net.reroute.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the threads of other Java processes wait for, those of virtual threads too. */
public final class Stacks {

    private static final int PATIENCE_SECONDS = 10;

    private Stacks() {}

    /** Of a process and all that it started; null is none. */
    public static String of(ProcessHandle process) {
        StringBuilder text = new StringBuilder();
        if (process != null) {
            Stream.concat(Stream.of(process), process.descendants())
                    .filter(p -> p.info().command().orElse("").endsWith("/java"))
                    .forEach(p -> text.append("\n---- threads of process ").append(p.pid()).append(" (")
                            .append(p.info().commandLine().orElse("").replaceAll("-cp \\S+", "-cp ..."))
                            .append(")\n").append(of(p.pid())));
        }
        return text.toString();
    }

    private static String of(long pid) {
        try {
            Path file = Files.createTempFile("stacks", ".txt");
            try {
                Process dump = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid),
                        "Thread.dump_to_file", "-overwrite", file.toString()).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (!dump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    dump.destroyForcibly();
                    return "it does not answer; state and kernel's place: " + kernel(pid);
                }
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return "not known: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Of a process that spins, or that is stopped. */
    private static String kernel(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.UTF_8);
        return status.stream().filter(l -> l.startsWith("State")).toList() + " "
                + Files.readString(Path.of("/proc/" + pid + "/wchan"));
    }
}
