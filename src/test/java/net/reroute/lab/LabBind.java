package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** BIND with the zone widgetco.example: on a machine of the lab, or on the loopback of the tests' own network. */
public final class LabBind implements AutoCloseable {

    static final String KEY = "key \"reroute\" { algorithm hmac-sha256; secret \"cmVyb3V0ZSB0ZXN0cyB3aXRoIHRoaXM=\"; };\n";
    public static final int HERE = 5353;
    private static final String CONTROL = "inet 127.0.0.1 port 5953";

    private final List<String> prefix;
    private final String address;
    private final int port;
    private final Path folder;
    private Process process;

    private LabBind(List<String> prefix, String address, int port, Path folder) {
        this.prefix = prefix;
        this.address = address;
        this.port = port;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LabSshd.write(folder.resolve("key"), KEY);
        Shellout.run("chmod", "600", folder.resolve("key").toString());
    }

    /** On a new machine of the lab. */
    public static LabBind at(Lab lab, String name, int number) {
        lab.plugClient(name, number);
        return new LabBind(List.of("ip", "netns", "exec", lab.space(name)), "192.168.1." + number, 53,
                lab.folder().resolve(name));
    }

    /** A primary on loopback. */
    public static LabBind here(String options, String records) {
        try {
            return new LabBind(List.of(), "127.0.0.1", HERE, Files.createTempDirectory("reroute-bind"))
                    .primary(options, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return address;
    }

    public Path key() {
        return folder.resolve("key");
    }

    Path zoneFile() {
        return folder.resolve("zone");
    }

    /** Starts it as the primary; {@code records} as lines of a zone file. */
    public LabBind primary(String options, String records) {
        LabSshd.write(zoneFile(), "$TTL 300\n@ SOA ns1 hostmaster 2026010101 3600 600 86400 60\n  NS ns1\nns1 A "
                + address + "\n" + records);
        return start("zone \"widgetco.example\" { type primary; file \"" + zoneFile() + "\"; " + options + " };\n");
    }

    LabBind secondaryOf(LabBind primary) {
        return start("zone \"widgetco.example\" { type secondary; file \"" + zoneFile() + "\"; primaries { "
                + primary.address + "; }; };\n");
    }

    private LabBind start(String zones) {
        LabSshd.write(folder.resolve("named.conf"), KEY + "options { directory \"" + folder + "\"; pid-file none;"
                + " session-keyfile none; managed-keys-directory \"" + folder + "\"; listen-on port " + port + " { "
                + address + "; }; listen-on-v6 { none; }; recursion no; notify-delay 0; dnssec-validation no;"
                + " allow-transfer { any; }; };\n"
                + "controls { " + CONTROL + " allow { 127.0.0.1; } keys { \"reroute\"; }; };\n" + zones);
        again();
        return this;
    }

    /** Starts it once more, as it was. */
    void again() {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("named", "-g", "-n", "1", "-c", folder.resolve("named.conf").toString()));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Lab.await("BIND answers", () -> dig("SOA", "widgetco.example").contains("hostmaster"),
                () -> LabSshd.read(folder.resolve("log")));
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        Lab.await("BIND has ended", () -> !process.isAlive());
    }

    private String shell(String script) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", script));
        return Shellout.attempt(command).text();
    }

    private String asking(String options, String of, String type) {
        return "dig " + options + " +time=1 +tries=1 -p " + port + " @" + address + " " + of + " " + type;
    }

    /** As a client sees it. */
    public String dig(String type, String of) {
        return shell(asking("+short", of, type) + " | sort");
    }

    /** The address records of a name with their times to live. */
    public String answer(String of) {
        return shell(asking("+noall +answer", of, "A") + " | sort");
    }

    /** The addresses of www.widgetco.example, sorted by their text. */
    List<String> www() {
        return dig("A", "www.widgetco.example").lines().toList();
    }

    String ttl() {
        return answer("www.widgetco.example").split("\\s+")[1];
    }

    /** All records but the SOA, as a transfer shows them. */
    String records() {
        return shell(asking("+onesoa", "widgetco.example", "AXFR") + " | grep -v -e '^;' -e SOA | sort");
    }

    /** How rndc is called, as a reload command. */
    List<String> rndc(String... words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of("rndc", "-k", key().toString(), "-s", "127.0.0.1", "-p", "5953"));
        all.addAll(List.of(words));
        return all;
    }

    /** A change made by another program. */
    public void nsupdate(String line) {
        String done = shell(
                "printf '%s\\n' 'server " + address + " " + port + "' '" + line + "' send | nsupdate -k " + key());
        if (!done.isBlank()) {
            throw new AssertionError(done);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
