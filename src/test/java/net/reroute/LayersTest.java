package net.reroute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the direction of imports. These tables are its documentation. */
class LayersTest {

    private static final Path SOURCES = Path.of("src/main/java/net/reroute");
    private static final Pattern OURS = Pattern.compile("net\\.reroute\\.([a-z][\\w.]*?)\\.[A-Z]");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+);");

    /**
     * From the ways in at the top to the values at the bottom; a package imports only from rows below its own. A package
     * that has no row of its own belongs to the one above it.
     */
    private static final List<List<String>> LAYERS = List.of(List.of("app"),
            List.of("api", "cli", "rehearsal", "setup", "web", "terminal"),
            List.of("view", "metrics"), List.of("operations"), List.of("playbook", "doctor", "schedule"),
            List.of("control"),
            List.of("health"), List.of("cluster"),
            List.of("inventory", "check", "redirect.route", "redirect.arp", "redirect.dns", "redirect.tcp",
                    "redirect.balance", "redirect.bgp", "redirect.flows", "journal",
                    "notify", "convert",
                    "simulation"),
            List.of("redirect.nft"),
            List.of("redirect.route.linux", "redirect.route.cli", "command"), List.of("redirect.route.router"),
            List.of("ssh"), List.of("redirect"), List.of("core"));

    /** Each library lives in one package; these two in all but core. */
    private static final Map<String, List<String>> LIBRARIES = Map.ofEntries(entry("picocli", "cli"),
            // The reader asks Quartz whether a cron expression is one.
            entry("org.quartz", "schedule", "inventory"), entry("org.yaml.snakeyaml", "inventory"),
            entry("net.schmizz", "ssh"), entry("com.hierynomus", "ssh"),
            entry("com.jcraft.jsch", "ssh"), entry("org.apache.sshd", "simulation"),
            entry("net.sf.expectit", "redirect.route.cli"), entry("org.pcap4j", "redirect.arp"),
            entry("java.sql", "journal"), entry("org.xbill.DNS", "redirect.dns", "simulation"),
            // The one appender of ours, and the datagram to the service manager.
            entry("ch.qos.logback", "app"), entry("java.lang.foreign", "check", "app"), entry("jakarta.mail", "notify"),
            entry("org.eclipse.angus", "notify"), entry("io.prometheus", "metrics"), entry("org.jline", "terminal"),
            entry("com.sun.net.httpserver", "web", "cluster"), entry("org.bouncycastle", "cluster", "ssh"),
            entry("org.apache.ratis", "cluster"));
    private static final int LONGEST_FILE = 250;
    private static final List<String> EVERYWHERE_BUT_CORE = List.of("org.slf4j", "com.fasterxml.jackson");

    private static Map.Entry<String, List<String>> entry(String library, String... homes) {
        return Map.entry(library, List.of(homes));
    }

    @Test
    void packagesImportOnlyFromLayersBelow() {
        List<String> wrong = new ArrayList<>();
        eachImport((name, imported) -> {
            Matcher ours = OURS.matcher(imported);
            if (ours.lookingAt() && !row(ours.group(1)).equals(name) && layer(row(ours.group(1))) >= layer(name)) {
                wrong.add(name + " imports " + imported);
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** A command is a call of an operation and a rendering of its report. */
    @Test
    void theCommandLineKnowsNoController() {
        List<String> wrong = new ArrayList<>();
        eachImport((name, imported) -> {
            if (name.equals("cli") && imported.startsWith("net.reroute.control.")) {
                wrong.add(imported);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachLibraryLivesInOnePackage() {
        List<String> wrong = new ArrayList<>();
        eachImport((name, imported) -> {
            LIBRARIES.forEach((library, homes) -> {
                if (imported.startsWith(library + ".") && !homes.contains(name)) {
                    wrong.add(name + " imports " + imported);
                }
            });
            boolean known = imported.matches("(java|javax|jdk|net\\.reroute)\\..*")
                    || LIBRARIES.keySet().stream().anyMatch(l -> imported.startsWith(l + "."))
                    || EVERYWHERE_BUT_CORE.stream().anyMatch(l -> imported.startsWith(l + ".")) && !name.equals("core");
            if (!known) {
                wrong.add(name + " imports " + imported + ", which stands in no table");
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void coreTouchesNoFilesSocketsThreadsOrClock() {
        List<String> wrong = new ArrayList<>();
        sources("core").forEach((file, text) -> {
            Matcher forbidden = Pattern.compile("java\\.net\\.\\w*Socket|java\\.nio\\.file\\.Files|java\\.io\\.\\w+"
                    + "|java\\.util\\.concurrent|Thread|(Instant|Clock|Date|Time)\\.now\\(|currentTimeMillis|nanoTime\\(")
                    .matcher(text);
            while (forbidden.find()) {
                wrong.add(file + ": " + forbidden.group());
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyImportIsUsed() {
        List<String> unused = new ArrayList<>();
        for (Path root : List.of(Path.of("src/main/java"), Path.of("src/test/java"))) {
            javaFiles(root).forEach((file, text) -> {
                Matcher imports = IMPORT.matcher(text);
                while (imports.find()) {
                    String simple = imports.group(1).replaceAll(".*\\.", "");
                    String rest = IMPORT.matcher(text).replaceAll("");
                    if (!Pattern.compile("\\b" + simple + "\\b").matcher(rest).find()) {
                        unused.add(file + ": " + imports.group(1));
                    }
                }
            });
        }
        assertThat(unused).isEmpty();
    }

    /** A file that grows past this holds more than one thing. */
    @Test
    void noFileIsTooLongToBeReadAtOnce() {
        Map<String, Long> tooLong = new TreeMap<>();
        javaFiles(Path.of("src/main/java")).forEach((file, text) -> {
            long lines = text.lines().count();
            if (lines > LONGEST_FILE) {
                tooLong.put(file, lines);
            }
        });
        assertThat(tooLong).isEmpty();
    }

    private interface EachImport {
        void see(String packageName, String imported);
    }

    private static void eachImport(EachImport see) {
        for (List<String> layer : LAYERS) {
            for (String name : layer) {
                sources(name).forEach((file, text) -> {
                    Matcher imports = IMPORT.matcher(text);
                    while (imports.find()) {
                        see.see(name, imports.group(1));
                    }
                });
            }
        }
    }

    /** The package of the tables that a package belongs to: itself, or the nearest one above it. */
    private static String row(String name) {
        if (LAYERS.stream().anyMatch(l -> l.contains(name))) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            throw new AssertionError("the package " + name + " stands in no layer");
        }
        return row(name.substring(0, dot));
    }

    private static int layer(String name) {
        for (int i = 0; i < LAYERS.size(); i++) {
            if (LAYERS.get(i).contains(name)) {
                return LAYERS.size() - i;
            }
        }
        throw new AssertionError("the package " + name + " stands in no layer");
    }

    /** Files of a package of the tables. Every file belongs to one. */
    private static Map<String, String> sources(String name) {
        Map<String, String> all = new LinkedHashMap<>();
        javaFiles(SOURCES).forEach((file, text) -> {
            String folder = SOURCES.relativize(Path.of(file).getParent()).toString();
            if (row(folder.replace('/', '.')).equals(name)) {
                all.put(file, text);
            }
        });
        return all;
    }

    private static Map<String, String> javaFiles(Path root) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                texts.put(file.toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
