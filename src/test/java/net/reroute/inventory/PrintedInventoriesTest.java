package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.Docs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What docs print of inventories and playbooks can be copied: 'reroute validate' finds nothing wrong with it. */
class PrintedInventoriesTest {

    /** What an example leaves out, since it is not about that; an example's own section counts in place of one here. */
    private static final Map<String, String> ELSEWHERE = new TreeMap<>(Map.of(
            "routers", "{gw1: {dialect: linux, address: 192.168.1.1, user: root, agent: true}, edge1: {dialect: linux,"
                    + " address: 192.0.2.1, user: root, agent: true}}",
            "servers",
            "{host1: {address: 192.168.1.2, user: root, agent: true}, host2: {address: 192.168.1.3, user: root,"
                    + " agent: true}, host3: {address: 192.168.1.4}, host4: {address: 192.168.1.5}, cache1: {address:"
                    + " 192.168.1.6}, cache2: {address: 192.168.1.7}}",
            "checks", "{web: {http: 'http://{server}/'}}",
            "services", "{www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}, www-2: {prefix:"
                    + " 192.168.1.64/27, servers: [host2], checks: [web]}, www-3: {prefix: 192.168.1.96/27, servers: [host3],"
                    + " checks: [web]}}",
            "channels", "{ops: {syslog: daemon}}"));
    private static final List<String> SECRETS = List.of("id", "id_ed25519", "known_hosts", "tsig.key", "gw1.password",
            "gw1.enable", "smtp.password", "chat.url", "page.pem", "page.key");
    /** An example with these says all that it needs. */
    private static final List<String> WHOLE = List.of("servers", "checks");
    private static final Pattern SECTION = Pattern.compile("(?m)^([a-z]+):(?=\\s)");
    private static final Pattern OURS = Pattern
            .compile(
                    "(?s)(routers|servers|checks|services|names|switches|speakers|channels|controllers|settings):\\n.*");
    /** What is no whole section: keys of an entry, and the settings of Prometheus. */
    private static final Pattern PART = Pattern.compile("(?s) .*|scrape_configs:.*");

    @TempDir
    Path home;

    private record Example(Path page, String text) {

        private boolean isPlaybook() {
            return text.contains("steps:\n");
        }

        @Override
        public String toString() {
            return page + ": " + text.lines().limit(2).toList();
        }
    }

    private static Stream<Example> all() {
        return Docs.pages().stream().flatMap(page -> page.blocks().stream()
                .filter(b -> b.getKey().equals("yaml") || OURS.matcher(b.getValue()).matches())
                .map(b -> new Example(page.file(), b.getValue())));
    }

    static List<Example> wholes() {
        return all().filter(e -> !PART.matcher(e.text).matches() && !e.text.contains("...")).toList();
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void anExampleIsValid(Example example) throws IOException {
        for (String secret : SECRETS) {
            write(secret, "http://127.0.0.1/");
            Files.setPosixFilePermissions(home.resolve(secret), PosixFilePermissions.fromString("rw-------"));
        }
        write(example.isPlaybook() ? "playbooks/example.yaml" : "inventory/example.yaml",
                example.text.replace("/etc/reroute/", home + "/"));
        List<String> own = SECTION.matcher(example.text).results().map(s -> s.group(1)).toList();
        if (!own.containsAll(WHOLE)) {
            complete(own);
        }
        assertThatCode(() -> InventoryReader.read(home)).as(example.text).doesNotThrowAnyException();
    }

    private void complete(List<String> own) throws IOException {
        for (Map.Entry<String, String> section : ELSEWHERE.entrySet()) {
            if (!own.contains(section.getKey())) {
                write("inventory/" + section.getKey() + ".yaml", section.getKey() + ": " + section.getValue() + "\n");
            }
        }
    }

    @Test
    void aPartOfOneIsYaml() {
        List<Example> parts = all().filter(e -> PART.matcher(e.text).matches() || e.text.contains("...")).toList();
        assertThat(parts).hasSizeLessThan(10).allSatisfy(
                part -> assertThatCode(() -> new Yaml().load(part.text)).as(part.text).doesNotThrowAnyException());
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(home.resolve(file).getParent());
        Files.writeString(home.resolve(file), text);
    }
}
