package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.WebSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the page is served, as the inventory says. */
class SettingsReaderTest {

    @TempDir
    Path home;

    private void write(String web) throws Exception {
        Files.createDirectories(home.resolve("inventory"));
        Files.writeString(home.resolve("known_hosts"), "");
        Files.setPosixFilePermissions(Files.writeString(home.resolve("id"), ""),
                PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.resolve("inventory/a.yaml"),
                """
                routers:
                  gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id, known-hosts: known_hosts}
                servers:
                  host1: {address: 192.168.1.2}
                checks:
                  web: {http: "http://{server}/"}
                services:
                  www-1: {prefix: 192.168.1.32/27, servers: [host1], checks: [web]}
                """ + web);
    }

    private Optional<WebSpec> read(String web) throws Exception {
        write(web);
        return InventoryReader.read(home).settings().web();
    }

    @Test
    void thePageIsOnLoopbackUnlessTheInventorySaysOtherwise() throws Exception {
        assertThat(read("")).contains(WebSpec.USUAL);
        assertThat(read("settings: {mode: observe}\n").orElseThrow().listen()).hasToString("127.0.0.1:8480");
        assertThat(read("settings: {web: off}\n")).isEmpty();
        assertThat(
                read("settings: {web: {listen: \"[::1]:80\", read: anyone, names: [a.example], proxy: {header: X-User,"
                        + " from: [127.0.0.1]}}}\n"))
                .contains(new WebSpec(new Endpoint(Address.parse("::1"), 80), true,
                        Optional.empty(), true, List.of("a.example"), Optional.of(new WebSpec.TrustedProxy("X-User",
                                List.of(Address.parse("127.0.0.1"))))));
    }

    @Test
    void elsewhereItNeedsACertificateAndAKeyThatOthersCannotRead() throws Exception {
        Path key = Files.writeString(Files.createDirectories(home).resolve("page.key"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String web = "settings: {web: {listen: \"192.168.1.30:8443\", cert: page.pem, key: page.key}}\n";
        assertThat(read(web).orElseThrow().tls()).contains(new WebSpec.Tls(home.resolve("page.pem"), key));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(problem(web)).contains("can be read by everybody");
    }

    private String problem(String web) throws Exception {
        write(web);
        return catchThrowableOfType(BadInventoryException.class, () -> InventoryReader.read(home)).problems()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "web: on | 'web' is off, or {listen: \"127.0.0.1:8480\", ...}, not 'on'",
            "web: {listen: \"0.0.0.0:8480\"} | can be reached from elsewhere, so the page needs TLS there",
            "web: {listen: \"8480\"} | is not an address and a port",
            "web: {listen: \"127.0.0.1:99999\"} | a port is from 1 to 65535",
            "web: {cert: a.pem} | 'cert' and 'key' belong together",
            "web: {read: everybody} | anyone",
            "web: {proxy: {header: \"X User\", from: [127.0.0.1]}} | is not the name of a header",
            "web: {proxy: {header: X-User}} | anybody else could write that header",
            "web: {lisen: x} | did you mean 'listen'?"})
    void aMistakeIsToldInASentence(String web, String sentence) throws Exception {
        assertThat(problem("settings: {" + web + "}\n")).contains(sentence);
    }
}
