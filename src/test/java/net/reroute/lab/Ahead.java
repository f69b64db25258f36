package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of reroute, loaded and linked ahead of time for the hundreds of processes that the lab starts. The first lab
 * makes them, with a daemon that does a little of everything; until then, and where there is no jar, all works as well.
 */
final class Ahead {

    private static final Path CACHE = Path.of("target/lab.aot").toAbsolutePath();
    private static final Path LOCK = Path.of("target/lab.aot.lock").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 240;
    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 200ms}\nup: {icmp: \"{server}\", every: 200ms}";

    private static final String CONTROLLERS = "controllers:\n  c1: {address: 192.168.1.30}\n  c2: {address: 192.168.1.27}\n"
            + "  c3: {address: 192.168.1.28}\n";

    private Ahead() {}

    /** The words for Java that come before the class to run. */
    static List<String> words() {
        return isMade()
                ? List.of("-XX:AOTCache=" + CACHE, "-Xlog:disable", "-Xlog:all=off", "-cp", jars())
                : List.of("-cp", System.getProperty("java.class.path"));
    }

    /** Only of jars can anything be loaded ahead. */
    private static String jars() {
        return Stream.of(System.getProperty("java.class.path").split(":")).filter(p -> p.endsWith(".jar"))
                .collect(Collectors.joining(":"));
    }

    private static boolean isMade() {
        try {
            Path jar = Path.of("target/reroute.jar");
            return jars().contains("/reroute.jar") && Files.exists(CACHE)
                    && Files.getLastModifiedTime(CACHE).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes them, unless they are there or another process is at it. The network has to serve, with its routes at home. */
    static void make(Lab lab) {
        try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock != null && !isMade() && jars().contains("/reroute.jar")) {
                Path made = lab.folder().resolve("ahead.aot");
                learn(lab, List.of("-XX:AOTCacheOutput=" + made, "-cp", jars()));
                Files.move(made, CACHE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void learn(Lab lab, List<String> words) {
        Reroute reroute = new Reroute(lab, "ahead");
        reroute.inventory(CHECKS, "checks: [web, up], soak: 1s");
        reroute.write("controllers.yaml", CONTROLLERS);
        reroute.ok("cluster", "init");
        reroute.daemonOf(words);
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0, reroute::log);
        for (String line : List.of("www-1 to host3", "undo", "history", "explain www-1", "plan", "reload")) {
            reroute.ask(line.split(" "));
        }
        lab.plugClient("learner", 27);
        Reroute other = new Reroute(lab, "ahead2", "learner");
        other.inventory(CHECKS, "checks: [web, up], soak: 1s");
        other.write("controllers.yaml", CONTROLLERS);
        other.ok("cluster", "join", "192.168.1.30", reroute.ok("cluster", "invite", "c2").strip());
        reroute.process().destroy();
        Shellout.ended(reroute.process(), PATIENCE_SECONDS, "the daemon that learns");
    }
}
