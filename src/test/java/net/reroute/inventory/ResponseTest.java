package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Channel;
import net.reroute.core.Channel.Format;
import net.reroute.core.Channel.Medium;
import net.reroute.core.Channel.Tls;
import net.reroute.core.Hours;
import net.reroute.core.Inventory;
import net.reroute.core.Login.Secret;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels, rules and playbooks, read together with the inventory. */
class ResponseTest {

    private static final String NETWORK = """
                                          servers:
                                            host1: {address: 192.168.1.2}
                                            host2: {address: 192.168.1.3}
                                          checks:
                                            web: {tcp: "{server}:80"}
                                          services:
                                            www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}
                                          """;

    @TempDir
    Path home;

    @BeforeEach
    void network() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("inventory/network.yaml"), NETWORK);
        Files.writeString(home.resolve("secret"), "s3cret");
        Files.setPosixFilePermissions(home.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    }

    private void inventory(String text) throws IOException {
        Files.writeString(home.resolve("inventory/notify.yaml"), text);
    }

    private void playbook(String name, String text) throws IOException {
        Files.writeString(home.resolve("playbooks/" + name + ".yaml"), text);
    }

    private Inventory read() throws BadInventoryException {
        return InventoryReader.read(home);
    }

    private List<String> mistakes() {
        return catchThrowableOfType(BadInventoryException.class, this::read).problems().stream()
                .map(Problem::toString).toList();
    }

    @Test
    void channelsAndRulesAreReadWhole() throws Exception {
        inventory(
                """
                channels:
                  ops: {mail: [a@example.com, b@example.com], from: r@example.com, smtp: "mail.example.com:25", user: r,
                        password: {file: secret}, keep: 1d}
                  chat: {webhook: {file: secret}, format: slack}
                  hook: {webhook: "https://example.com:8443/in", secret: {file: secret}}
                  log: {syslog: local3, server: "tcp://[2001:db8::1]:601"}
                  page: {command: [/bin/page, "two words"]}
                notify:
                  all: {to: [ops, log], severity: info, services: [www-1], quiet: "22:00-06:00", zone: UTC, group: 5m}
                """);
        Inventory inventory = read();
        Optional<Secret> secret = Optional.of(new Secret.InFile(home.resolve("secret")));
        assertThat(inventory.response().channels().values()).extracting(Channel::way).containsExactly(
                new Medium.Mail(List.of("a@example.com", "b@example.com"), "r@example.com", "mail.example.com", 25,
                        Tls.STARTTLS, Optional.of("r"), secret, Optional.empty()),
                new Medium.Webhook(Optional.empty(), secret, Format.SLACK, Optional.empty(), Optional.empty()),
                new Medium.Webhook(Optional.of(URI.create("https://example.com:8443/in")), Optional.empty(),
                        Format.JSON,
                        secret, Optional.empty()),
                new Medium.Syslog("local3", Optional.of("2001:db8::1"), 601, true),
                new Medium.Command(List.of("/bin/page", "two words")));
        assertThat(inventory.response().rules()).containsExactly(new NotificationRule("all", List.of("ops", "log"),
                Severity.INFO, List.of("www-1"), List.of(),
                Optional.of(new Hours(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"))),
                Duration.ofMinutes(5)));
    }

    @Test
    void everyMistakeInChannelsAndRulesIsToldWithWhatToDo() throws IOException {
        inventory("""
                  channels:
                    a: {mail: "no address", from: r@example.com, smtp: mail}
                    b: {mail: [a@example.com], from: r@example.com, smtp: mail, user: r, tls: none}
                    c: {webhook: "ftp://example.com"}
                    d: {webhook: "https://user:secret@example.com"}
                    e: {syslog: lokal3}
                    f: {}
                    g: {mail: [a@example.com], from: r@example.com, smtp: mail, user: r, password: hunter2}
                  notify:
                    x: {to: opps, quiet: "at night", severity: urgent, services: [www-2]}
                  """);
        assertThat(mistakes()).anyMatch(m -> m.contains("'no address' is no mail address"))
                .anyMatch(m -> m.contains("needs both of 'user:' and 'password:'"))
                .anyMatch(m -> m.contains("a password is not sent without TLS"))
                .anyMatch(m -> m.contains("'ftp://example.com' is not like https://host/path"))
                .anyMatch(m -> m.contains("secrets stand in 'secret:'"))
                .anyMatch(m -> m.contains("'lokal3' is no syslog facility, did you mean 'local3'?"))
                .anyMatch(m -> m.contains("channel f needs one of mail, webhook, syslog, command"))
                .anyMatch(m -> m.contains("a password never stands in the inventory"))
                .anyMatch(m -> m.contains("no channel 'opps'"))
                .anyMatch(m -> m.contains("'at night' are no hours of a day; write them like 22:00-06:00"))
                .anyMatch(m -> m.contains("'severity' is info or warning or critical"))
                .anyMatch(m -> m.contains("no service 'www-2', did you mean 'www-1'?"))
                .noneMatch(m -> m.contains("hunter2"));
    }

    @Test
    void whatAPlaybookNamesHasToBeThereOnceItIsEnabled() throws Exception {
        String steps = """
                       when: {event: server-down, server: host3, check: webb}
                       steps:
                         - move: {service: www-9, to: host2}
                         - notify: {to: ops, text: hello}
                         - playbook: {name: other}
                         - run: {at: host1, command: [id]}
                       """;
        playbook("p", "enabled: false\n" + steps);
        assertThat(read().response().playbooks()).containsOnlyKeys("p");
        playbook("p", steps);
        assertThat(mistakes()).anyMatch(m -> m.contains("no server 'host3'"))
                .anyMatch(m -> m.contains("no check 'webb', did you mean 'web'?"))
                .anyMatch(m -> m.contains("no service 'www-9'"))
                .anyMatch(m -> m.contains("no channel 'ops'; the inventory has none"))
                .anyMatch(m -> m.contains("no playbook 'other'"))
                .anyMatch(m -> m.contains("host1 has no login to run anything with"))
                .allMatch(m -> m.contains("playbooks/p.yaml:"));
    }

    @Test
    void playbooksThatWouldNeverEndAreRefused() throws IOException {
        playbook("a", "steps:\n  - playbook: {name: b}\n");
        playbook("b", "steps:\n  - playbook: {name: c}\n");
        playbook("c", "steps:\n  - playbook: {name: a}\n");
        assertThat(mistakes()).anyMatch(m -> m.contains("playbook a would never end: a -> b -> c -> a"));
    }

    @Test
    void whatMachinesSaidMayNotStandInACommand() throws IOException {
        playbook("p", """
                      when: {event: server-down}
                      steps:
                        - run: {at: controller, command: [sh, -c, "echo {text} {server}"]}
                        - run: {at: controller, command: [awk, "{print $1} {other}"]}
                        - run: {at: controller, command: [echo, "{sever}"]}
                        - veto: {command: ["true"]}
                        - run: {at: controller, command: "systemctl restart nginx"}
                      """);
        assertThat(mistakes()).hasSize(4)
                .anyMatch(m -> m.contains("{text} may not stand in a command of p") && m.contains("REROUTE_TEXT"))
                .anyMatch(m -> m.contains("there is no {sever}, did you mean '"))
                .anyMatch(m -> m.contains("a veto is for playbooks with 'when: {event: before-move}'"))
                .anyMatch(m -> m.contains("no shell reads them: write [systemctl, restart, nginx]"));
    }

    @Test
    void aScheduleHasNoServerAndACronExpressionIsQuartzs() throws IOException {
        playbook("p", "schedule: \"0 4 * * *\"\nsteps:\n  - drain: {}\n");
        playbook("q", "every: 1s\nsteps:\n  - drill: {server: next}\n");
        assertThat(mistakes())
                .anyMatch(m -> m.contains("'0 4 * * *' is no cron expression; Quartz begins with the seconds"))
                .anyMatch(m -> m.contains("'every' is 10s at least"));
        assertThat(mistakes()).anyMatch(m -> m.contains("p.yaml"));
    }

    @Test
    void theInventoryOfTwoControllersThatIsShippedIsGood() throws Exception {
        Path folder = Path.of("samples/by-hand").toAbsolutePath();
        Inventory first = InventoryReader.read(folder,
                List.of(folder.resolve("network.yaml"), folder.resolve("settings-first.yaml")));
        Inventory second = InventoryReader.read(folder,
                List.of(folder.resolve("network.yaml"), folder.resolve("settings-second.yaml")));
        assertThat(first.settings().act()).isTrue();
        assertThat(second.settings().act()).isFalse();
        assertThat(first.settings().peer().orElseThrow().login().host()).isEqualTo("192.168.1.30");
        assertThat(first.services()).isEqualTo(second.services());
    }
}
