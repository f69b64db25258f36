package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.core.Actor;
import net.reroute.core.Prefix;
import net.reroute.lab.Lab;
import net.reroute.operations.DirectOperations;
import net.reroute.redirect.route.cli.CliHome;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands an admin types, with a Cisco in the inventory and no daemon. */
@Timeout(120)
class CiscoCommandsTest {

    private static final String OLD = "ip route 192.168.1.32 255.255.255.224 127.0.0.2";

    @TempDir
    Path folder;

    private SimulatedCli ios;
    private HttpServer web;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    /** Servers are loopback addresses of this machine, so that their checks really run. */
    @BeforeEach
    void start() throws IOException {
        ios = SimulatedCli.start("cisco-ios", Setup.of("gw1", "admin", "pass word", "s3cret"),
                List.of(net.reroute.simulation.Link.of("GigabitEthernet0/1",
                        net.reroute.core.Address.parse("127.0.0.1"),
                        8)),
                Ssh.MODERN, l -> {
                }).with(OLD);
        web = HttpServer.create(new InetSocketAddress(0), 10); // at every address of loopback
        web.start();
        inventory("");
    }

    @AfterEach
    void stop() throws IOException {
        ios.close();
        web.stop(0);
    }

    private void inventory(String more) {
        CliHome home = new CliHome(folder);
        home.write("password", "pass word");
        home.write("enable", "s3cret");
        home.write("known_hosts", ios.hostKeyLine() + "\n");
        home.write("inventory/all.yaml", "routers:\n  gw1: {dialect: cisco-ios, address: \"127.0.0.1:" + ios.port()
                + "\", user: admin, password: {file: password}, enable: {file: enable}, known-hosts: known_hosts" + more
                + "}\n" + """
                          servers:
                            host1: {address: 127.0.0.2}
                            host2: {address: 127.0.0.3}
                          checks:
                            ssh: {tcp: "{server}:""" + web.getAddress().getPort()
                + """
                  "}
                  services:
                    www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [ssh]}
                  """);
    }

    private int reroute(String... args) {
        text.reset();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        Paths home = new Paths(folder, folder.resolve("state"), true);
        return Cli.run(List.of(args), new DirectOperations(new AdHocAccess(home)), new LocalProcesses(home),
                new Console(out, out, 200, false, new Actor.Human("anna", "")));
    }

    private String told() {
        return text.toString(StandardCharsets.UTF_8);
    }

    private List<String> hops() {
        return ios.hops(Prefix.parse("192.168.1.32/27")).stream().map(Object::toString).toList();
    }

    @Test
    void aMoveByHandTellsTheLinesItTyped() {
        int status = reroute("www-1", "to", "host2", "--force");
        assertThat(status).as(told()).isZero();
        assertThat(told()).contains("www-1 host1 -> host2").contains("gw1: read back, not probed");
        assertThat(hops()).containsExactly("127.0.0.3");
    }

    @Test
    void aDryRunTellsTheExactLinesAndTypesNothing() {
        assertThat(reroute("www-1", "to", "host2", "--force", "--dry-run")).as(told()).isZero();
        assertThat(told()).contains("ip route 192.168.1.32 255.255.255.224 127.0.0.3 name reroute")
                .contains("no ip route 192.168.1.32 255.255.255.224 127.0.0.2");
        assertThat(ios.typed()).isEmpty();
    }

    @Test
    void theAdminsLineComesBackByteForByteInAnotherProcess() {
        ios.without(Prefix.parse("192.168.1.32/27"));
        String admins = OLD + " 20 tag 7 name web";
        ios.with(admins);
        assertThat(reroute("www-1", "to", "host2", "--force")).as(told()).isZero();
        assertThat(ios.written()).containsExactly(
                "ip route 192.168.1.32 255.255.255.224 127.0.0.3 20 tag 7 name reroute");
        assertThat(reroute("www-1", "to", "host1", "--force")).as(told()).isZero();
        assertThat(ios.written()).containsExactly(admins);
    }

    @Test
    void aSessionPerMoveIsNotKept() {
        inventory(", session: per-move, save: after-move");
        assertThat(reroute("www-1", "to", "host2", "--force")).as(told()).isZero();
        Lab.await("the router has seen the session end", () -> ios.sessions() == 0);
        assertThat(ios.saves()).isEqualTo(1);
    }

    @Test
    void aRefusalIsExitOneAndNothingIsChanged() {
        ios.faults().answer("^ip route", "Command authorization failed.");
        assertThat(reroute("www-1", "to", "host2", "--force")).isEqualTo(1);
        assertThat(told()).contains("Command authorization failed");
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void recordWritesASessionDownWithoutSecrets() {
        ios.faults().remark("^show ip route static", "snmp-server community topsecret RO");
        assertThat(reroute("record", "gw1")).as(told()).isZero();
        String session = told();
        assertThat(session).containsSubsequence("> enable\n", "> ********\n", "> terminal length 0\n",
                "> show ip route static\n", "< show ip route static\\r\\n\n",
                "> show running-config | include ^ip route\n", "> show ip route 192.168.1.33\n");
        assertThat(session).contains("community <removed>").doesNotContain("topsecret").doesNotContain("s3cret")
                .doesNotContain("pass word");
        assertThat(ios.typed()).isEmpty();
        assertThat(reroute("record", "gw9")).isEqualTo(2);
    }

    @Test
    void recordTellsHowFarItCame() {
        new CliHome(folder).write("enable", "wrong");
        assertThat(reroute("record", "gw1")).isEqualTo(1);
        assertThat(told()).contains("> enable").contains("reroute: gw1: it refused the enable password");
    }

    @Test
    void theDoctorTellsWhatWillHurt() {
        ios.with("ip route 192.168.7.0 255.255.255.0 127.0.0.2");
        ios.faults().remark("^show running", "ip route 10.1.0.0 something entirely new");
        reroute("doctor");
        assertThat(told()).contains("good  gw1 login works, and shows its routes (dialect cisco-ios)")
                .contains("gw1 has a line that dialect cisco-ios does not understand: 'ip route 10.1.0.0 something")
                .contains("gw1 keeps one of some 5 lines (vty) in use all the time").contains("session: per-move")
                .contains("gw1 loses what reroute changed when it restarts (save: never)");
        ios.faults().none();
        ios.without(Prefix.parse("192.168.1.32/27"));
        ios.with("ip route 192.168.1.32 255.255.255.224 172.16.0.9");
        reroute("doctor");
        assertThat(told()).contains("gw1 has a line for 192.168.1.32/27 that its table does not use");
        assertThat(ios.typed()).isEmpty();
    }

    @Test
    void theDoctorTakesARefusalForOneAndNotForAnEmptyTable() {
        ios.faults().answer("^show ip route static", "% Invalid input detected at '^' marker.");
        assertThat(reroute("doctor")).isEqualTo(1);
        assertThat(told()).contains("it does not take 'show ip route static'").doesNotContain("has no route for");
    }

    @Test
    void validateTellsOfLinesThatAreFewAndChecksDialectFiles() {
        inventory(", legacy: true");
        assertThat(reroute("validate")).as(told()).isZero();
        assertThat(told()).contains("note: gw1 keeps one of some 5 lines (vty) in use all the time")
                .contains("algorithms that are not safe any more");
        inventory(", session: per-move");
        reroute("validate");
        assertThat(told()).doesNotContain("note: gw1").contains("note: host1 has the loopback address");
        Path own = folder.resolve("routers/mybox.yaml");
        new CliHome(folder).write("routers/mybox.yaml", "prompt: {privileged: '#'}\nremove: x\n");
        assertThat(reroute("validate", own.toString())).isEqualTo(2);
        assertThat(told()).contains("mybox.yaml:1:22: a prompt needs {host}").contains("unknown key 'remove'");
        assertThat(reroute("validate")).isEqualTo(2);
    }
}
