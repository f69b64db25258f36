package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The unit that is shipped: the daemon runs under what it asks for. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnitIT {

    private static final Path UNIT = Path.of("systemd/reroute.service");
    private static final List<String> PROGRAM = List.of("bin/reroute", "target/reroute.jar", "target/lib",
            "target/natives");
    /** What systemd does for such a unit, as far as one can without it; system calls are not filtered here. */
    private static final String VIEW = """
                                       set -eu
                                       lab=$1
                                       mount --make-rprivate /
                                       cp -a /etc "$lab/etc"
                                       mkdir "$lab/etc/reroute" "$lab/state"
                                       cp -a "$lab/home/inventory" "$lab/etc/reroute/"
                                       cp "$lab/id_ed25519" "$lab/known_hosts" "$lab/etc/reroute/"
                                       sed -i "s,$lab,/etc/reroute,g" "$lab"/etc/reroute/inventory/*.yaml
                                       chown -R nobody:nogroup "$lab/etc/reroute" "$lab/state"
                                       chmod 750 "$lab/state"
                                       mount --bind "$lab/etc" /etc
                                       mount -t tmpfs tmpfs /opt
                                       mkdir /opt/reroute
                                       mount --bind "$lab/opt" /opt/reroute
                                       mount -t tmpfs tmpfs /var/lib
                                       mkdir /var/lib/reroute
                                       mount --bind "$lab/state" /var/lib/reroute
                                       for point in $(findmnt -rno TARGET); do
                                           case $point in
                                               /proc*|/sys*|/dev*|/var/lib/reroute) ;;
                                               *) mount -o remount,bind,ro "$point" 2>/dev/null || : ;;
                                           esac
                                       done
                                       mount -t tmpfs -o mode=1777,noexec,nosuid tmpfs /tmp
                                       mount -t tmpfs -o mode=1777,noexec,nosuid tmpfs /var/tmp
                                       mount -t tmpfs -o mode=000 tmpfs /root
                                       mount -t tmpfs -o mode=000 tmpfs /home
                                       umask 0077
                                       cd /
                                       exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin setpriv --reuid=nobody --regid=nogroup --clear-groups \\
                                           --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw --bounding-set=-all,+net_raw --no-new-privs \\
                                           $2
                                       """;

    private final Lab lab = new Lab();
    private final Reroute reroute = new Reroute(lab);

    @BeforeAll
    void install() throws IOException {
        lab.sshd().start("gw1", "192.168.1.1");
        lab.serve();
        lab.routesAtHome();
        Path opt = lab.folder().resolve("opt");
        Files.createDirectories(opt.resolve("bin"));
        Files.createDirectories(opt.resolve("target"));
        for (String part : PROGRAM) {
            Shellout.run("cp", "-r", part, opt.resolve(part).toString());
        }
        Shellout.run("chmod", "-R", "a+rX", opt.toString());
        reroute.inventory("up: {icmp: \"{server}\", every: 200ms, timeout: 200ms, fall: 3}", "checks: [up], soak: 1s");
    }

    @AfterAll
    void end() {
        lab.close();
    }

    private static List<String> setting(String name) throws IOException {
        try (Stream<String> lines = Files.lines(UNIT)) {
            return lines.filter(l -> l.startsWith(name + "=")).map(l -> l.substring(name.length() + 1)).toList();
        }
    }

    @Test
    void theDaemonWatchesAndMovesUnderWhatTheUnitAsksFor() throws IOException {
        assertThat(setting("ProtectSystem")).containsExactly("strict");
        assertThat(setting("ProtectHome")).containsExactly("yes");
        assertThat(setting("CapabilityBoundingSet")).containsExactly("CAP_NET_RAW");
        assertThat(setting("StateDirectory")).containsExactly("reroute");
        Path view = lab.folder().resolve("view.sh");
        LabSshd.write(view, VIEW);
        reroute.daemonAs(List.of("unshare", "--mount", "sh", view.toString(), lab.folder().toString(),
                setting("ExecStart").getFirst()), lab.folder().resolve("state"));
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text() + reroute.log());
        lab.cutOff("host1");
        Lab.await("moved", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
        assertThat(reroute.log()).doesNotContain("ERROR").doesNotContain("Exception");
        assertThat(Shellout.run("stat", "-c", "%a %U %G", lab.folder().resolve("state/socket").toString()).strip())
                .isEqualTo("660 nobody nogroup");
        assertThat(Shellout.run("stat", "-c", "%a %U", lab.folder().resolve("state/journal.db").toString()).strip())
                .isEqualTo("600 nobody");
    }

    @Test
    void theFirstCommandStoresTheClassesThatLaterOnesLoad() {
        Path opt = lab.folder().resolve("opt");
        Shellout.run(opt.resolve("bin/reroute").toString(), "--help");
        assertThat(opt.resolve("target/reroute.aot")).isNotEmptyFile();
    }

    /** 0 is nothing exposed, 10 is everything; as systemd-analyze(1) counts. */
    @Test
    void littleIsExposed() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/systemd-analyze")));
        Shellout.Done done = Shellout.attempt(List.of("systemd-analyze", "security", "--offline=yes",
                "--threshold=21", UNIT.toString()));
        assertThat(done.status()).as(done.text()).isZero();
    }

    @Test
    void itIsStartedAgainWhateverHappensToIt() throws IOException {
        assertThat(setting("Restart")).containsExactly("on-failure");
        assertThat(setting("RestartSec")).hasSize(1);
        assertThat(setting("StartLimitIntervalSec")).containsExactly("0");
        assertThat(Files.readString(Path.of("bin/reroute"))).contains("-XX:+ExitOnOutOfMemoryError");
    }

    /** Whoever builds it, by whatever umask and with whatever JDK Maven runs. */
    @Test
    void theJarSaysNothingOfWhereItWasBuilt() throws Exception {
        Path jar = Path.of("target/reroute.jar");
        try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
            assertThat(file.getManifest().getMainAttributes().keySet()).map(Object::toString)
                    .noneMatch(k -> k.startsWith("Build-") || k.startsWith("Built-") || k.startsWith("Created-"));
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("enablePosixFileAttributes", true));
                Stream<Path> all = Files.walk(zip.getPath("/"))) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
            }
        }
    }
}
