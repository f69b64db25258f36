package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Debian's package fake, the program that took addresses over by gratuitous ARP before: its own script with its own
 * send_arp, on a machine of the lab.
 */
final class Fake implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** It reads the hardware address out of a line that ifconfig has not printed for years, and is at its end there. */
    private static final String IFCONFIG = "#!/bin/sh\n"
            + "echo \"$1      Link encap:Ethernet  HWaddr $(cat /sys/class/net/$1/address)\"\n";

    private final Process script;
    private final Path log;

    private Fake(Lab lab, String machine, String address, String more, String words) {
        Path home = lab.folder().resolve("fake-" + COUNT.incrementAndGet());
        log = home.resolve("log");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LabSshd.write(home.resolve(".fakerc"), "PID_DIR=" + home + "\nINSTANCE_CONFIG_DIR=" + home
                + "\nCLEAR_ROUTERS_FILE=" + home + "/routers\n");
        LabSshd.write(home.resolve("routers"), "");
        LabSshd.write(home.resolve(address + ".cfg"),
                "IFCONFIG=FALSE\nSPOOF_IP=" + address + "\nTARGET_INTERFACE=eth0\n" + more);
        LabSshd.write(home.resolve("ifconfig"), IFCONFIG);
        // Nobody else sees what is laid over ifconfig: every 'ip netns exec' has mounts of its own.
        script = lab.start(machine, log, List.of("env", "HOME=" + home, "sh", "-ec",
                "chmod 755 $HOME/ifconfig; mount --bind $HOME/ifconfig /sbin/ifconfig; exec fake " + words + address));
    }

    /** It takes an address over, and says so until it is closed. */
    static Fake takesOver(Lab lab, String machine, String address) {
        return new Fake(lab, machine, address, "", "");
    }

    /** It gives an address back to another machine, whose hardware address it announces: each form once. */
    static void givesBack(Lab lab, String machine, String address, String hardware) {
        try (Fake fake = new Fake(lab, machine, address, "FOREIGN_INTERFACE=STATIC\nFOREIGN_MACADDR=" + hardware
                + "\nFOREIGN_ARP=1\n", "remove ")) {
            Lab.await("fake has given " + address + " back", () -> !fake.goesOn(), fake::text);
        }
    }

    boolean goesOn() {
        return script.isAlive();
    }

    /** What it complains of. */
    String text() {
        return LabSshd.read(log);
    }

    @Override
    public void close() {
        script.destroy();
        Lab.await("fake has ended", () -> !goesOn(), this::text);
    }
}
