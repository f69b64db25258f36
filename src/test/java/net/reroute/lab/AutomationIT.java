package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.redirect.route.cli.CliHome;
import net.reroute.simulation.Link;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;
import net.reroute.simulation.linux.SimulatedLinux;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's clients and automation at the simulated routers: netmiko, paramiko, OpenSSH. */
class AutomationIT {

    private static final String NETMIKO = """
                                          import sys
                                          from netmiko import ConnectHandler
                                          kind, port, user, password, secret = sys.argv[1:6]
                                          box = ConnectHandler(device_type=kind, host="127.0.0.1", port=int(port), username=user, password=password,
                                                               secret=secret)
                                          """;

    @TempDir
    Path folder;

    @BeforeAll
    static void needs() {
        LabNeeds.check();
    }

    private String python(String script, String... args) throws IOException {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        List<String> command = new java.util.ArrayList<>(List.of("/usr/bin/python3", "-W", "ignore", file.toString()));
        command.addAll(List.of(args));
        return Shellout.run(command.toArray(String[]::new));
    }

    @Test
    void netmikoConfiguresTheSimulatedCisco() throws IOException {
        try (SimulatedCli ios = SimulatedCli
                .start("cisco-ios", Setup.of("gw1", "admin", "secret", "more secret"), CliHome.links(),
                        Ssh.MODERN, l -> {
                        })
                .with("ip route 192.168.1.32 255.255.255.224 192.168.1.2")) {
            String said = python(
                    NETMIKO + """
                              box.enable()
                              print("PROMPT", box.find_prompt())
                              print(box.send_config_set(["ip route 192.168.1.32 255.255.255.224 192.168.1.3 name other",
                                                         "no ip route 192.168.1.32 255.255.255.224 192.168.1.2"]))
                              print(box.send_command("show ip route 192.168.1.33"))
                              print(box.send_command("show run | i ^ip route"))
                              print(box.save_config())
                              print("MODE", box.check_config_mode())
                              box.disconnect()
                              """, "cisco_ios", String.valueOf(ios.port()), "admin", "secret", "more secret");
            assertThat(said).contains("PROMPT gw1#", "* 192.168.1.3", "[OK]", "MODE False");
            assertThat(ios.written())
                    .containsExactly("ip route 192.168.1.32 255.255.255.224 192.168.1.3 name other");
            assertThat(ios.saves()).isEqualTo(1);
        }
    }

    @Test
    void netmikoWorksOnTheSimulatedLinuxRouter() throws IOException {
        try (SimulatedLinux linux = SimulatedLinux.start("gw1", "root", "secret",
                List.of(Link.of("eth0", Address.parse("192.168.1.1"), 27)))) {
            String said = python(NETMIKO + """
                                           print("PROMPT", box.find_prompt())
                                           print(box.send_command("ip route add 192.168.1.32/27 via 192.168.1.3"))
                                           print(box.send_command("ip -j route show exact 192.168.1.32/27"))
                                           box.disconnect()
                                           """, "linux", String.valueOf(linux.port()), "root", "secret", "");
            assertThat(said).contains("PROMPT root@gw1:~#", "\"gateway\":\"192.168.1.3\"");
            assertThat(linux.nextHop(Address.parse("192.168.1.33"))).contains(Address.parse("192.168.1.3"));
        }
    }

    @Test
    void openSshRunsACommandOnEither() throws IOException {
        try (SimulatedCli ios = SimulatedCli
                .start("cisco-ios", new Setup("gw1", "admin", "secret", "", true, true, "hello"),
                        CliHome.links(), Ssh.MODERN, l -> {
                        })
                .with("ip route 192.168.1.32 255.255.255.224 192.168.1.2");
                SimulatedLinux linux = SimulatedLinux.start("gw1", "root", "secret",
                        List.of(Link.of("eth0", Address.parse("192.168.1.1"), 27)))) {
            assertThat(ssh(ios.port(), ios.hostKeyLine(), "admin", "show running-config | include ^ip route"))
                    .contains("ip route 192.168.1.32 255.255.255.224 192.168.1.2");
            assertThat(ssh(linux.port(), linux.hostKeyLine(), "root", "ip route; echo $?"))
                    .contains("192.168.1.0/27 dev eth0 proto kernel scope link src 192.168.1.1").contains("0");
        }
    }

    /** The password comes by SSH_ASKPASS, since OpenSSH takes none from its input. */
    private String ssh(int port, String hostKey, String user, String command) throws IOException {
        Path known = Files.writeString(folder.resolve("known"), hostKey + "\n");
        Path ask = Files.writeString(folder.resolve("ask"), "#!/bin/sh\necho secret\n");
        assertThat(ask.toFile().setExecutable(true)).isTrue();
        return Shellout.run("env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "ssh", "-o",
                "UserKnownHostsFile=" + known, "-p", String.valueOf(port), user + "@127.0.0.1", command);
    }
}
