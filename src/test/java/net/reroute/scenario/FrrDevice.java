package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;

/** A real FRR: vtysh behind sshd, and kernel routes below it. */
final class FrrDevice extends LabDevice {

    private final Path place = folder.resolve("frr");

    FrrDevice() {
        Shellout.run("mkdir", "-p", place.toString(), "/var/run/frr");
        try {
            Files.writeString(place.resolve("zebra.conf"), "");
            Files.writeString(place.resolve("staticd.conf"), "");
            Files.writeString(place.resolve("vtysh.conf"), "hostname gw\nno service integrated-vtysh-config\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Shellout.run("chmod", "755", folder.toString());
        Shellout.run("chown", "-R", "frr:frr", place.toString());
        daemon("zebra");
        Lab.await("zebra listens", () -> Files.exists(place.resolve("zserv")));
        daemon("staticd");
        Lab.await("staticd listens", () -> Files.exists(place.resolve("staticd.vty")));
        space.sshd(shell());
    }

    private void daemon(String name) {
        space.start("/usr/lib/frr/" + name, "-P", "0", "-f", place + "/" + name + ".conf", "--vty_socket",
                place.toString(), "-z", place + "/zserv", "-i", place + "/" + name + ".pid");
    }

    private String shell() {
        return "vtysh --vty_socket " + place + " --config_dir " + place;
    }

    private void vtysh(List<String> lines) {
        Shellout.run("sh", "-c", shell() + " -c 'configure terminal'" + lines.stream().map(l -> " -c '" + l + "'")
                .collect(Collectors.joining()));
    }

    private List<String> written(String prefix) {
        return Shellout.run("sh", "-c", shell() + " -c 'show running-config'").lines()
                .filter(l -> l.startsWith("ip route " + prefix)).toList();
    }

    /** zebra's own view, which comes after the kernel's. */
    private List<String> table() {
        return Shellout.run("sh", "-c", shell() + " -c 'show ip route static'").lines()
                .filter(l -> l.startsWith("S") || l.startsWith("  *")).toList();
    }

    @Override
    String dialect() {
        return "frr";
    }

    @Override
    void route(String prefix, String... hops) {
        written(prefix).forEach(l -> vtysh(List.of("no " + l)));
        for (String hop : hops) {
            vtysh(List.of("ip route " + prefix + " " + hop));
        }
        Lab.await("the table has it", () -> hops(prefix).equals(List.of(hops))
                && table().stream().filter(l -> l.contains("via")).count() >= hops.length);
    }

    @Override
    void clear() {
        written("").forEach(l -> vtysh(List.of("no " + l)));
        Lab.await("the table has none", () -> in("ip route show proto static").isBlank() && table().isEmpty());
    }

    @Override
    String exact(String prefix) {
        return written(prefix).toString();
    }
}
