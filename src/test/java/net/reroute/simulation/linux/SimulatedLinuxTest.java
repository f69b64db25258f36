package net.reroute.simulation.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.core.Login.Secret;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the project itself does to a Linux router, done to the simulated one over SSH. */
class SimulatedLinuxTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Prefix WWW = Prefix.parse("192.168.1.32/27");
    private static final Prefix WWW6 = Prefix.parse("2001:db8:32::/48");

    @TempDir
    private Path folder;

    private SimulatedLinux linux;

    @BeforeEach
    void start() throws IOException {
        linux = SimulatedLinux.start("gw1", "root", "correct horse", LinuxBench.LINKS);
        secret("password", "correct horse\n");
        secret("known_hosts", linux.hostKeyLine() + "\n");
    }

    @AfterEach
    void stop() throws IOException {
        linux.close();
    }

    private void secret(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private Router open(boolean sudo, Optional<String> table) throws RouterException {
        return Routers.open(spec(sudo, table), SOON);
    }

    private RouterSpec spec(boolean sudo, Optional<String> table) {
        return new RouterSpec("gw1", "linux", login(sudo), table, RouterSpec.SessionKeeping.WARM,
                Optional.empty());
    }

    private Login login(boolean sudo) {
        return new Login("127.0.0.1", linux.port(), "root", Optional.empty(), false,
                Optional.of(new Secret.InFile(folder.resolve("password"))), folder.resolve("known_hosts"),
                Optional.empty(), sudo, false);
    }

    private static Change change(Prefix prefix, Optional<Route> before, String... hops) {
        return new Change(service(prefix), before, addresses(hops), Optional.empty(),
                new Change.Options(true, Map.of(), "a test"));
    }

    private static Service service(Prefix prefix) {
        Rules rules = new Rules(Policy.ANY, 1, Choose.ORDERED, true, Duration.ofMinutes(1));
        return new Service("www", prefix, prefix.firstUsable(), List.of("host1"), List.of("web"), List.of("gw1"),
                rules, java.util.Optional.empty());
    }

    private static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(Address::parse).toList();
    }

    @Test
    void aRouterIsOpenedAndTellsItsAddresses() throws RouterException {
        try (Router router = open(false, Optional.empty())) {
            assertThat(router.addresses()).containsAll(addresses("10.0.0.1", "192.168.1.1", "2001:db8:1::1"));
            assertThat(router.routes(List.of(WWW, WWW6))).isEmpty();
            router.ping();
        }
    }

    @Test
    void aChangeIsMadeAndReadBack() throws RouterException {
        linux.route(WWW, addresses("192.168.1.2"), 254);
        List<String> heard = new ArrayList<>();
        linux.onTyped(heard::add);
        try (Router router = open(true, Optional.empty())) {
            Route before = router.routes(List.of(WWW)).get(WWW);
            assertThat(before.exact()).isEqualTo("192.168.1.32/27 via 192.168.1.2 dev eth1 proto static");
            ReadBack after = router.apply(List.of(change(WWW, Optional.of(before), "192.168.1.3"),
                    change(WWW6, Optional.empty(), "2001:db8:1::2", "2001:db8:1::3")));
            assertThat(after.complaints()).isEmpty();
            assertThat(after.routes().get(WWW).hops()).isEqualTo(addresses("192.168.1.3"));
            assertThat(after.routes().get(WWW6).hops()).isEqualTo(addresses("2001:db8:1::2", "2001:db8:1::3"));
            assertThat(after.lookups()).isEqualTo(Map.of(WWW.firstUsable(), Address.parse("192.168.1.3"),
                    WWW6.firstUsable(), Address.parse("2001:db8:1::2")));
        }
        assertThat(linux.typed()).isEqualTo(heard).containsExactly(
                "ip route replace 192.168.1.32/27 proto 201 via 192.168.1.3",
                "ip route replace 2001:db8:32::/48 proto 201 nexthop via 2001:db8:1::2 nexthop via 2001:db8:1::3");
        assertThat(linux.nextHop(Address.parse("192.168.1.40"))).contains(Address.parse("192.168.1.3"));
    }

    @Test
    void aLineItDoesNotTakeIsComplainedOfAndTheOthersAreDone() throws RouterException {
        Prefix other = Prefix.parse("192.168.1.64/27");
        try (Router router = open(false, Optional.empty())) {
            ReadBack after = router.apply(List.of(change(WWW, Optional.empty(), "172.16.0.1"),
                    change(other, Optional.empty(), "192.168.1.4")));
            assertThat(after.complaints()).isEqualTo(Map.of(WWW, "Error: Nexthop has invalid gateway."));
            assertThat(after.routes()).containsOnlyKeys(other);
        }
    }

    @Test
    void aTableOfItsOwnIsWorkedIn() throws RouterException {
        try (Router router = open(false, Optional.of("100"))) {
            assertThat(router.routes(List.of(WWW))).isEmpty();
            ReadBack after = router.apply(List.of(change(WWW, Optional.empty(), "192.168.1.5")));
            assertThat(after.lookups()).containsEntry(WWW.firstUsable(), Address.parse("192.168.1.5"));
            Route there = after.routes().get(WWW);
            assertThat(router.apply(List.of(change(WWW, Optional.of(there)))).routes()).isEmpty();
        }
        assertThat(linux.nextHop(WWW.firstUsable())).isEmpty();
    }

    @Test
    void aThousandRoutesAreShown() throws RouterException {
        List<Prefix> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(Prefix.parse("172.16." + i / 256 + "." + i % 256 + "/32"));
        }
        many.forEach(p -> linux.route(p, addresses("192.168.1.2"), 254));
        try (Router router = open(false, Optional.empty())) {
            assertThat(router.routes(many)).hasSize(1000);
            assertThat(router.routes(many.subList(0, 400))).hasSize(400);
        }
    }

    @Test
    void whoIsDroppedSeesIt() throws RouterException {
        try (Router router = open(false, Optional.empty())) {
            linux.dropAll();
            assertThatThrownBy(() -> router.routes(List.of(WWW))).isInstanceOf(RouterException.class);
        }
    }

    @Test
    void aRouteThatLeadsNowhereIsRefused() {
        assertThatThrownBy(() -> linux.route(WWW, addresses("172.16.0.1"), 254))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Nexthop has invalid gateway");
    }
}
