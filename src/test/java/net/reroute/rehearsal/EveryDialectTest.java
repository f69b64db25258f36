package net.reroute.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.doctor.Doctor;
import net.reroute.doctor.Finding;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Router;
import net.reroute.simulation.cli.SimulatedCli;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal of an inventory with a router of every kind. */
@Timeout(60)
class EveryDialectTest {

    private static final Address HOST2 = Address.parse("192.168.1.3");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path home;

    @TempDir
    Path folder;

    private final Set<String> dialects = new TreeSet<>(SimulatedCli.dialects());
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void oneOfEach() {
        dialects.add("linux");
    }

    private Inventory inventory() throws IOException, BadInventoryException {
        StringBuilder text = new StringBuilder("routers:\n");
        dialects.forEach(d -> text.append("  r-" + d + ": {dialect: " + d + ", address: 192.168.1.1, user: admin,"
                + " password: {file: password}, known-hosts: known_hosts}\n"));
        text.append("servers:\n  host1: {address: 192.168.1.2}\n  host2: {address: 192.168.1.3}\n");
        text.append("checks:\n  up: {tcp: \"{server}:80\"}\nservices:\n");
        text.append("  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [up], routers: [");
        text.append(String.join(", ", dialects.stream().map(d -> "r-" + d).toList())).append("]}\n");
        Files.createDirectories(home.resolve("inventory"));
        Files.writeString(home.resolve("inventory/all.yaml"), text);
        return InventoryReader.forPractice(home);
    }

    private Rehearsal prepare(Inventory inventory) throws IOException {
        return Rehearsal.prepare(inventory, folder,
                new Narrator(new PrintStream(said, true, StandardCharsets.UTF_8), 120, false));
    }

    @Test
    void everyRouterIsStoodInForAndTakesAMove() throws Exception {
        Inventory inventory = inventory();
        try (Rehearsal rehearsal = prepare(inventory)) {
            Service service = inventory.services().get("www-1");
            for (RouterSpec spec : rehearsal.practised(inventory, "").routers().values()) {
                try (Router router = Routers.open(spec, PATIENCE)) {
                    var before = router.routes(List.of(service.prefix())).get(service.prefix());
                    var back = router.apply(List.of(new Change(service, Optional.of(before), List.of(HOST2),
                            Optional.empty(), new Change.Options(true, java.util.Map.of(), "for a test"))));
                    assertThat(back.complaints()).as(spec.name()).isEmpty();
                }
                assertThat(rehearsal.ground().routers().get(spec.name()).nextHop(service.address()))
                        .as(spec.name()).contains(HOST2);
                assertThat(said.toString(StandardCharsets.UTF_8)).contains(spec.name() + " <- ");
            }
        }
    }

    @Test
    void theDoctorCallsNothingBadThatAnswers() throws Exception {
        Inventory inventory = inventory();
        try (Rehearsal rehearsal = prepare(inventory)) {
            List<Finding> findings = new Doctor(rehearsal.practised(inventory, "")).examine();
            assertThat(findings).filteredOn(f -> f.level() == Finding.Level.BAD).isEmpty();
            assertThat(findings).anyMatch(f -> f.where().equals("r-linux") && f.text().equals("login works"))
                    .noneMatch(f -> f.text().contains("does not tell"));
        }
    }

    @Test
    void aDialectNobodyStandsInForIsRefusedByName() throws Exception {
        Files.createDirectories(home.resolve("routers"));
        Files.copy(Path.of("routers/frr.yaml"), home.resolve("routers/acme-os.yaml"));
        dialects.add("acme-os");
        Inventory inventory = inventory();
        assertThatThrownBy(() -> prepare(inventory)).isInstanceOf(IOException.class)
                .hasMessage("r-acme-os cannot be rehearsed: nothing stands in for dialect acme-os, only for linux,"
                        + " cisco-ios, arista-eos, cisco-nxos, cisco-xr, frr, juniper-junos, mikrotik, vyos");
        assertThat(folder).isEmptyDirectory();
    }
}
