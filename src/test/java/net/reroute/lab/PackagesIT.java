package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The life of the package on a Debian that has nothing else: installed, at work, upgraded, removed. */
@Timeout(420)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PackagesIT {

    private static final long MOST_BYTES = 100_000_000;
    /** An address that lives on the servers' interface, beside what the first set-up finds. */
    private static final String MAIL = """
                                       services:
                                         mail: {prefix: 192.168.1.20/32, redirect: arp, servers: [host1, host2], checks: [web], interface: eth0, refresh: 1s}
                                       """;

    private Lab lab;
    private StockMachines machines;
    private LabDebian debian;

    @BeforeAll
    void boot() throws IOException {
        Packages.areThere();
        lab = new Lab();
        machines = new StockMachines(lab);
        lab.plugClient("neighbour", 25);
        lab.serveAlso(Flat.V4);
        lab.in("host1", "ip addr add " + Flat.V4 + "/27 dev eth0");
        Lab.HOSTS.forEach(h -> lab.in(h, "sysctl -qw net.ipv4.ip_nonlocal_bind=1"));
        lab.serve();
        lab.routesAtHome();
        debian = new LabDebian(lab, "ctl");
        debian.put(Packages.deb(), "/root/reroute.deb");
    }

    @AfterAll
    void end() {
        if (debian != null) {
            debian.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private String status() {
        return debian.attempt("reroute status").text();
    }

    @Test
    @Order(1)
    void itNeedsNothingBesideIt() throws IOException {
        assertThat(debian.attempt("command -v java mvn python3 perl5").text()).isEmpty();
        assertThat(Files.size(Packages.deb())).isLessThan(MOST_BYTES);
        debian.in("dpkg -i /root/reroute.deb");
        assertThat(debian.in("ls /usr/lib/reroute/cache")).contains("command.aot", "daemon.aot");
        assertThat(debian.in("reroute validate")).contains("nothing to watch yet");
        assertThat(debian.in("reroute rehearse")).contains("All went as hoped");
        assertThat(debian.attempt("systemctl is-failed reroute").text().strip()).as("nothing to watch is no failure")
                .isEqualTo("inactive");
        assertThat(debian.in("stat -c '%U %G %a' /etc/reroute /etc/reroute/keys /var/lib/reroute"))
                .isEqualToNormalizingNewlines("root reroute 750\nroot root 700\nreroute reroute 750\n");
    }

    @Test
    @Order(2)
    void theFirstSetUpLeadsToAMovedRoute() throws Exception {
        assertThat(init(0)).contains("systemctl restart reroute.service, which", "watching for 1s what it would do")
                .doesNotContain("systemctl enable");
        String begun = debian.in("systemctl show -P MainPID reroute");
        init(0);
        assertThat(debian.in("systemctl show -P MainPID reroute")).as("nothing new, so nothing to restart for")
                .isEqualTo(begun);
        debian.in("systemctl stop reroute; mkdir -p /run/systemd/system/reroute.service.d;"
                + " printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n'"
                + " > /run/systemd/system/reroute.service.d/broken.conf; systemctl daemon-reload");
        assertThat(init(1)).contains("it did not start: 'journalctl -u reroute' tells why");
        debian.in("rm -r /run/systemd/system/reroute.service.d; systemctl daemon-reload; systemctl restart reroute");
        LabSshd.write(debian.root().resolve("etc/reroute/inventory/mail.yaml"), MAIL);
        debian.in("chgrp reroute /etc/reroute/inventory/mail.yaml; chmod 640 /etc/reroute/inventory/mail.yaml;"
                + " sed -i 's/mode: observe/mode: act/' /etc/reroute/inventory/inventory.yaml; reroute reload");
        Lab.await("all well", () -> status().startsWith("all well"), this::status);
        assertThat(debian.in("reroute www-1 to host2 --because 'a first move'")).contains("read back",
                "install iproute2");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    /** Returns what the first set-up prints. */
    private String init(int status) throws Exception {
        StockAdmin admin = new StockAdmin(machines);
        assertThat(admin.types(debian.words("reroute init root@192.168.1.1 192.168.1.2 192.168.1.3 --watch 1s")))
                .as(admin.all()).isEqualTo(status);
        return admin.all();
    }

    @Test
    @Order(3)
    void theDaemonHasFewRights() {
        assertThat(debian
                .in("grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs)' /proc/$(systemctl show -P MainPID reroute)/status"))
                .contains("CapEff:\t0000000000002000", "CapBnd:\t0000000000002000", "NoNewPrivs:\t1")
                .doesNotContain("Uid:\t0");
        debian.in("systemd-analyze security --threshold=20 --no-pager reroute");
        assertThat(debian.in("cat /proc/$(systemctl show -P MainPID reroute)/environ | tr '\\0' '\\n'"))
                .as("the key is handed over").contains("CREDENTIALS_DIRECTORY=");
        assertThat(debian.attempt("su -s /bin/sh reroute -c 'cat /etc/reroute/keys/id_ed25519'").status()).isNotZero();
    }

    /** Files that are open stay what they are when an upgrade replaces them, some seconds before the restart. */
    @Test
    @Order(4)
    void itHasEveryJarOpenThatItMayNeed() {
        String open = debian.in("ls -l /proc/$(systemctl show -P MainPID reroute)/fd");
        List<String> jars = debian.in("ls -d /usr/lib/reroute/lib/*.jar").lines().toList();
        assertThat(jars).isNotEmpty().allSatisfy(jar -> assertThat(open).contains(jar));
    }

    @Test
    @Order(5)
    void anUpgradeDuringATakeoverLosesNoPacket() {
        lab.cutOff("host1");
        Lab.await("taken over", () -> debian.attempt("reroute history").text().contains("mail host1 -> host2"),
                this::status);
        second();
        Meter web = new Meter(lab, "192.168.1.33", 500, 60_000);
        Meter mail = new Meter(lab, "neighbour", Flat.V4, 500, 60_000);
        String before = debian.in("systemctl show -P MainPID reroute");
        debian.in("dpkg -i /root/second.deb");
        assertThat(debian.in("reroute --version")).contains("0.1.0");
        assertThat(debian.in("systemctl show -P MainPID reroute")).isNotEqualTo(before);
        Lab.await("it watches again", () -> status().contains("pinned"), this::status);
        assertThat(web.stop().lost()).isZero();
        assertThat(mail.stop().lost()).isZero();
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
        assertThat(debian.in("reroute history --verify")).doesNotContain("bad");
        assertThat(debian.in("reroute status --json")).contains("\"host2\"");
        assertThat(debian.in("grep -c 'mode: act' /etc/reroute/inventory/inventory.yaml").strip())
                .as("what an admin has changed stays").isEqualTo("1");
    }

    /** The same package as a later version. */
    private void second() {
        Path work = lab.folder().resolve("second");
        Shellout.run("dpkg-deb", "-R", debian.root().resolve("root/reroute.deb").toString(), work.toString());
        Shellout.run("sed", "-i", "s/^Version: .*/&+1/", work.resolve("DEBIAN/control").toString());
        Shellout.run("dpkg-deb", "--root-owner-group", "-Znone", "-b", work.toString(),
                debian.root().resolve("root/second.deb").toString());
    }

    @Test
    @Order(6)
    void removedItLeavesTheRoutesAndPurgedItLeavesNothing() {
        debian.in("dpkg -r reroute");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
        assertThat(debian.in("ls /etc/reroute/inventory /var/lib/reroute")).contains("init.yaml", "journal.db");
        assertThat(debian.attempt("ls /usr/lib/reroute /usr/bin/reroute").status()).isNotZero();
        debian.in("dpkg -P reroute");
        assertThat(debian.in("ls -d /etc/reroute /var/lib/reroute /usr/lib/reroute /etc/systemd/system/*/reroute* "
                + "/var/lib/systemd/deb-systemd-helper*/*reroute* 2>/dev/null; getent passwd reroute; true")).isEmpty();
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    /** The tree that all packages hold, made anew; the others only wrap it. */
    @Test
    @Order(7)
    void madeOnceMoreThePackageIsTheSame() throws IOException {
        Path again = lab.folder().resolve("again");
        List<String> words = new ArrayList<>(
                List.of("env", "PACKAGES_ONLY=deb", "PACKAGES_OUT=" + again, "packages/build"));
        words.addAll(Files.readAllLines(Path.of("target/packages.arguments")));
        Shellout.Done done = Shellout.attempt(words);
        assertThat(done.status()).as(done.text()).isZero();
        assertThat(Files.mismatch(Packages.deb(), again.resolve(Packages.deb().getFileName()))).isEqualTo(-1);
    }
}
