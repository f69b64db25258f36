package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The packages that are no .deb: the tar file, the .rpm by rpm itself, and the image by runc. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageFormsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What rpm consists of on this machine, which has the same Debian. */
    private static final String RPM_ITSELF = "tar -C / -chf - $(ldd /usr/bin/rpm | awk '$3 ~ \"^/\" { print $3 }')"
            + " /usr/bin/rpm /usr/lib/rpm 2>/dev/null | tar -C %s --keep-directory-symlink --skip-old-files -xf -";
    private static final String NETWORK = """
                                          servers: {host1: {address: 127.0.0.1}, host2: {address: 127.0.0.2}}
                                          routers: {gw1: {dialect: linux, address: 127.0.0.1, user: root, agent: true}}
                                          checks: {up: {icmp: "{server}"}}
                                          services: {www-1: {prefix: 192.0.2.0/27, servers: [host1, host2], checks: [up]}}
                                          """;

    private Lab lab;

    @BeforeAll
    void begin() throws IOException {
        Packages.areThere();
        lab = new Lab();
    }

    @AfterAll
    void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theTarFileRunsWhereItIsUnpacked() {
        Path opt = lab.folder().resolve("opt");
        Shellout.run("mkdir", opt.toString());
        Shellout.run("sh", "-c",
                "tar -xzf target/packages/reroute-*-linux-amd64.tar.gz --strip-components=1 -C " + opt);
        Shellout.Done done = Shellout.attempt(List.of("env", "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent",
                opt.resolve("bin/reroute").toString(), "--home", opt.resolve("samples/one-router").toString(),
                "rehearse"));
        assertThat(done.status()).as(done.text()).isZero();
        assertThat(opt.resolve("sbom.cdx.json")).content().contains("\"CycloneDX\"", "sshj", "Apache-2.0", "OpenJDK");
        assertThat(opt.resolve("licenses/jackson-core-2.22.4")).isNotEmptyDirectory();
    }

    @Test
    void theRpmHoldsWhatTheDebHolds() {
        String deb = Shellout.run("sh", "-c",
                "dpkg-deb -c " + Packages.FOLDER + "/*.deb | awk '$1 !~ /^d/ { print $6 }'"
                        + " | sed 's,^\\./lib/,./usr/lib/,; s,^\\.,,'");
        String rpm = Shellout.run("sh", "-c", "rpm -qlp " + Packages.FOLDER + "/*.rpm");
        assertThat(rpm.lines()).containsAll(deb.lines().toList());
        assertThat(Shellout.run("sh", "-c", "rpm -K --nosignature " + Packages.FOLDER + "/*.rpm"))
                .contains("digests OK");
    }

    @Test
    void theImageRunsWithOneCapability() throws IOException {
        Path bundle = lab.folder().resolve("bundle");
        Shellout.run("sh", "-c", "umoci unpack --image $(ls -d " + Packages.FOLDER + "/*-oci):0.1.0 " + bundle);
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ObjectNode process = (ObjectNode) config.get("process");
        assertThat(process.get("args").toString()).isEqualTo("[\"/usr/bin/reroute\",\"daemon\"]");
        process.put("terminal", false);
        process.set("args", JSON.valueToTree(List.of("/bin/sh", "-c", "id -u; while read l; do case $l in CapEff*)"
                + " echo $l ;; esac; done < /proc/self/status; reroute --home /usr/lib/reroute rehearse")));
        ObjectNode capabilities = process.putObject("capabilities");
        List.of("bounding", "effective", "permitted", "inheritable", "ambient")
                .forEach(set -> capabilities.set(set, JSON.valueToTree(List.of("CAP_NET_RAW"))));
        ((ArrayNode) config.at("/linux/namespaces")).removeIf(n -> n.get("type").asText().equals("network"));
        JSON.writeValue(file.toFile(), config);
        Shellout.Done done = Shellout.attempt(List.of("runc", "--root", lab.folder().resolve("runc").toString(), "run",
                "--bundle", bundle.toString(), "reroute-" + ProcessHandle.current().pid()));
        assertThat(done.status()).as(done.text()).isZero();
        assertThat(done.text()).startsWith("8480\n").contains("CapEff: 0000000000002000", "All went as hoped");
        assertThat(JSON.readTree(Packages.FOLDER.resolve("reroute-0.1.0-oci.cdx.json").toFile()).path("components")
                .findValuesAsText("purl")).as("what it consists of")
                .anyMatch(p -> p.startsWith("pkg:deb/debian/libpcap0.8@"))
                .anyMatch(p -> p.startsWith("pkg:maven/com.hierynomus/sshj@"));
    }

    /** Without --nodeps it would ask a database of packages that is empty here. */
    @Test
    void rpmInstallsUpgradesAndRemovesIt() throws IOException {
        try (LabDebian debian = new LabDebian(lab, "ctl")) {
            Shellout.run("sh", "-c", RPM_ITSELF.formatted(debian.root()));
            debian.put(Packages.rpm(), "/root/reroute.rpm");
            debian.in("rpm -i --nodeps /root/reroute.rpm");
            assertThat(debian.in("ls /usr/lib/reroute/cache")).contains("command.aot", "daemon.aot");
            assertThat(debian.in("stat -c '%U %G %a' /etc/reroute /etc/reroute/keys /var/lib/reroute"))
                    .isEqualToNormalizingNewlines("root reroute 750\nroot root 700\nreroute reroute 750\n");
            LabSshd.write(debian.root().resolve("etc/reroute/inventory/network.yaml"), NETWORK);
            debian.in("chgrp reroute /etc/reroute/inventory/network.yaml;"
                    + " chmod 640 /etc/reroute/inventory/network.yaml; systemctl enable --now reroute");
            String before = debian.in("systemctl show -P MainPID reroute");
            debian.in("rpm -U --nodeps --force /root/reroute.rpm");
            assertThat(debian.in("systemctl show -P MainPID reroute")).isNotEqualTo(before).isNotEqualTo("0\n");
            Lab.await("it watches again", () -> debian.attempt("reroute status").text().contains("www-1"));
            debian.in("rpm -e reroute");
            assertThat(debian.attempt("systemctl is-active reroute").text().strip()).isEqualTo("inactive");
            assertThat(debian.attempt("ls /usr/lib/reroute /usr/bin/reroute").status()).isNotZero();
            assertThat(debian.in("ls /etc/reroute/inventory /var/lib/reroute")).contains("network.yaml",
                    "journal.db");
        }
    }
}
