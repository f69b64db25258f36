package net.reroute.redirect.route.cli;

import static net.reroute.redirect.route.cli.CliHome.HOST1;
import static net.reroute.redirect.route.cli.CliHome.HOST2;
import static net.reroute.redirect.route.cli.CliHome.HOST3;
import static net.reroute.redirect.route.cli.CliHome.PATIENCE;
import static net.reroute.redirect.route.cli.CliHome.WWW1;
import static net.reroute.redirect.route.cli.CliHome.WWW2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.simulation.Link;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Next hops rewritten on the command lines of all makers, each of them simulated. */
@Timeout(60)
class SimulatedCliTest {

    private static final Prefix SIX = Prefix.parse("2001:db8:33::/64");
    private static final Address SIX1 = Address.parse("2001:db8:1::2");
    private static final Address SIX2 = Address.parse("2001:db8:1::3");

    /**
     * @param add the line for {@code PREFIX} and {@code HOP}
     * @param written how it then stands in the configuration
     * @param before the same for a route of the admin
     * @param refusal what it says to a line that it does not take
     */
    private record Speech(String add, String remove, String written, String before, String refusal) {

        static Speech same(String add, String remove, String before, String refusal) {
            return new Speech(add, remove, add, before, refusal);
        }
    }

    private static final Map<String, Speech> SPEECH = Map.of(
            "cisco-ios", Speech.same("ip route PREFIX HOP name reroute", "no ip route PREFIX HOP",
                    "ip route PREFIX HOP", "% Invalid input detected at '^' marker."),
            "cisco-nxos", Speech.same("ip route PREFIX HOP name reroute", "no ip route PREFIX HOP",
                    "ip route PREFIX HOP", "% Invalid command at '^' marker."),
            "cisco-xr", Speech.same("router static address-family ipv4 unicast PREFIX HOP description reroute",
                    "no router static address-family ipv4 unicast PREFIX HOP",
                    "router static address-family ipv4 unicast PREFIX HOP",
                    "% Invalid input detected at '^' marker."),
            "arista-eos", Speech.same("ip route PREFIX HOP name reroute", "no ip route PREFIX HOP",
                    "ip route PREFIX HOP", "% Invalid input (at token 3: 'HOP')"),
            "frr", Speech.same("ip route PREFIX HOP", "no ip route PREFIX HOP", "ip route PREFIX HOP",
                    "% Unknown command: ip route PREFIX HOP"),
            "vyos", Speech.same("set protocols static route PREFIX next-hop HOP",
                    "delete protocols static route PREFIX next-hop HOP",
                    "set protocols static route PREFIX next-hop HOP", "  Value validation failed\n  Set failed\n"),
            "juniper-junos", Speech.same("set routing-options static route PREFIX next-hop HOP",
                    "delete routing-options static route PREFIX next-hop HOP",
                    "set routing-options static route PREFIX next-hop HOP", "syntax error."),
            "mikrotik", new Speech("/ip route add dst-address=PREFIX gateway=HOP comment=reroute",
                    "/ip route remove [find dst-address=PREFIX gateway=HOP]",
                    "/ip route add comment=reroute disabled=no distance=1 dst-address=PREFIX gateway=HOP"
                            + " routing-table=main scope=30 target-scope=10",
                    "/ip route add disabled=no distance=1 dst-address=PREFIX gateway=HOP"
                            + " routing-table=main scope=30 target-scope=10",
                    "invalid value for argument gateway"));

    private static final Set<String> COMMITTING = Set.of("cisco-xr", "vyos", "juniper-junos");
    private static final Set<String> SAVING = Set.of("cisco-ios", "cisco-nxos", "arista-eos", "frr", "vyos");
    private static final Set<String> WITH_VRF = Set.of("cisco-ios", "cisco-xr", "arista-eos", "vyos", "juniper-junos");

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private String dialect;
    private SimulatedCli box;

    static Stream<String> dialects() {
        return SimulatedCli.dialects().stream();
    }

    static Stream<String> committing() {
        return COMMITTING.stream().sorted();
    }

    static Stream<String> saving() {
        return SAVING.stream().sorted();
    }

    static Stream<String> withVrf() {
        return WITH_VRF.stream().sorted();
    }

    static Stream<String> withDistance() {
        return dialects().filter(d -> !d.equals("juniper-junos"));
    }

    private void start(String name) throws IOException {
        dialect = name;
        String link = SimulatedCli.links(name);
        List<Link> links = List.of(Link.of(link + "1", Address.parse("10.0.0.1"), 24),
                Link.of(link + "2", Address.parse("192.168.1.1"), 27),
                Link.of(link + "3", Address.parse("2001:db8:1::1"), 64));
        Setup setup = new Setup("gw1", "admin", "pass word", "", false, false, "*** gw1# is watched -> row > B ***");
        box = SimulatedCli.start(name, setup, links, told::add);
        box.route(WWW1, List.of(HOST1), 1);
        box.route(SIX, List.of(SIX1), 1);
    }

    @AfterEach
    void stop() throws IOException {
        if (box != null) {
            box.close();
        }
    }

    private CliRouter open(String more) throws RouterException {
        CliHome home = new CliHome(folder);
        home.write("password", "pass word");
        home.write("known_hosts", box.hostKeyLine() + "\n");
        return (CliRouter) Routers.open(home.spec("gw1", "{dialect: " + dialect + ", address: \"127.0.0.1:" + box.port()
                + "\", user: admin, password: {file: password}, known-hosts: known_hosts, quiet: 40ms" + more + "}"),
                PATIENCE);
    }

    private static ReadBack move(CliRouter router, Prefix prefix, boolean planned, Address... to)
            throws RouterException {
        Route before = router.routes(List.of(prefix)).get(prefix);
        return router.apply(List.of(CliHome.change(prefix, before, planned, to)));
    }

    private String prefix() {
        return dialect.equals("cisco-ios") ? WWW1.network() + " " + WWW1.mask() : WWW1.toString();
    }

    private String fill(String line, Address hop) {
        return line.replace("PREFIX", prefix()).replace("HOP", hop.toString());
    }

    private String add(Address hop) {
        return fill(SPEECH.get(dialect).add(), hop);
    }

    private String remove(Address hop) {
        return fill(SPEECH.get(dialect).remove(), hop);
    }

    private List<String> written() {
        return box.written().stream().filter(l -> l.contains(prefix())).toList();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aNameThatChangesInMidSessionIsLearntAnew(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            box.faults().named("edge 7 (left)", "the other");
            assertThat(move(router, WWW1, true, HOST2).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        assertThat(told).containsExactly(add(HOST2), remove(HOST1));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aPlannedMoveIsTypedAndStands(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            ReadBack back = move(router, WWW1, true, HOST2);
            assertThat(back.complaints()).isEmpty();
            assertThat(back.typed().remarks()).isEmpty();
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST2);
            assertThat(back.lookups()).isEqualTo(Map.of(WWW1.firstUsable(), HOST2));
            assertThat(back.typed().lines().get(WWW1)).containsExactly(add(HOST2), remove(HOST1));
        }
        assertThat(told).containsExactly(add(HOST2), remove(HOST1));
        assertThat(written()).containsExactly(fill(SPEECH.get(dialect).written(), HOST2));
        assertThat(box.hops(WWW1)).containsExactly(HOST2);
        assertThat(box.nextHop(WWW1.firstUsable())).contains(HOST2);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aFailoverAndTheWayBackLeaveWhatWasThere(String name) throws Exception {
        start(name);
        List<String> before = written();
        assertThat(before).containsExactly(fill(SPEECH.get(dialect).before(), HOST1));
        try (CliRouter router = open("")) {
            ReadBack away = move(router, WWW1, false, HOST2);
            assertThat(away.routes().get(WWW1).hops()).containsExactly(HOST2);
            Change back = CliHome.back(router.routes(List.of(WWW1)).get(WWW1), WWW1, HOST1,
                    away.typed().removed().getOrDefault(WWW1, Map.of()));
            assertThat(router.apply(List.of(back)).routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(written()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aPrefixIsSharedOverSeveralNextHopsAndTakenTogetherAgain(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, HOST2, HOST3).routes().get(WWW1).hops())
                    .containsExactly(HOST2, HOST3);
            assertThat(box.hops(WWW1)).containsExactly(HOST2, HOST3);
            assertThat(move(router, WWW1, true, HOST1).routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(written()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anIpv6PrefixMoves(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            ReadBack back = move(router, SIX, true, SIX2);
            assertThat(back.complaints()).isEmpty();
            assertThat(back.routes().get(SIX).hops()).containsExactly(SIX2);
            assertThat(back.lookups()).containsEntry(SIX.firstUsable(), SIX2);
        }
        assertThat(box.hops(SIX)).containsExactly(SIX2);
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
    }

    @ParameterizedTest
    @MethodSource("withDistance")
    void withADistanceOfItsOwnTheAdminsLineStays(String name) throws Exception {
        start(name);
        box.route(WWW1, List.of(HOST1), 10);
        List<String> before = written();
        try (CliRouter router = open(", distance: 5")) {
            assertThat(move(router, WWW1, true, HOST2).routes().get(WWW1).hops()).containsExactly(HOST2);
            assertThat(written()).hasSize(2).containsAll(before);
            assertThat(move(router, WWW1, false, HOST3).routes().get(WWW1).hops()).containsExactly(HOST3);
            assertThat(move(router, WWW1, true, HOST1).routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(written()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("withVrf")
    void aPrefixMovesInsideItsVrf(String name) throws Exception {
        start(name);
        box.route("BLUE", WWW1, List.of(HOST1), 1);
        try (CliRouter router = open(", vrf: BLUE")) {
            ReadBack back = move(router, WWW1, true, HOST2);
            assertThat(back.complaints()).isEmpty();
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        assertThat(written()).hasSize(2).anyMatch(l -> l.contains("BLUE") && l.contains(HOST2.toString()))
                .contains(fill(SPEECH.get(dialect).before(), HOST1));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aRefusedLineIsReportedAndNothingChanges(String name) throws Exception {
        start(name);
        String refusal = fill(SPEECH.get(dialect).refusal(), HOST2);
        box.faults().answer("^" + java.util.regex.Pattern.quote(add(HOST2)), refusal);
        try (CliRouter router = open("")) {
            ReadBack back = move(router, WWW1, true, HOST2);
            assertThat(back.complaints().get(WWW1)).contains(refusal.strip().lines().findFirst().orElseThrow());
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(told).isEmpty();
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
    }

    static Stream<String> thatKnowThemselves() {
        return dialects().filter(d -> !Set.of("vyos", "mikrotik").contains(d)); // which take it
    }

    @ParameterizedTest
    @MethodSource("thatKnowThemselves")
    void theRoutersOwnAddressIsNoNextHop(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            ReadBack back = move(router, WWW1, true, Address.parse("192.168.1.1"));
            assertThat(back.complaints()).containsKey(WWW1);
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aNextHopNobodyKnowsAWayToIsNotTyped(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, Address.parse("172.16.0.9")).complaints().get(WWW1))
                    .contains("it knows no way to the next hop 172.16.0.9");
        }
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void ownAddressesAreKnown(String name) throws Exception {
        start(name);
        try (CliRouter router = open("")) {
            assertThat(router.addresses()).contains(Address.parse("192.168.1.1"), Address.parse("10.0.0.1"),
                    Address.parse("2001:db8:1::1"));
        }
    }

    @ParameterizedTest
    @MethodSource("saving")
    void theConfigurationIsSaved(String name) throws Exception {
        start(name);
        try (CliRouter router = open(", save: after-move")) {
            move(router, WWW1, true, HOST2);
            assertThat(router.unsaved()).isTrue();
            assertThat(router.save()).isEmpty();
            assertThat(router.unsaved()).isFalse();
        }
        assertThat(box.saves()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("committing")
    void whatASessionThatBreaksOffHasTypedIsForgotten(String name) throws Exception {
        start(name);
        box.faults().drop("^commit");
        assertThatThrownBy(() -> {
            try (CliRouter router = open("")) {
                move(router, WWW1, true, HOST2);
            }
        }).hasMessageContaining("it ended the session at 'commit");
        assertThat(told).isEmpty();
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, HOST3).routes().get(WWW1).hops()).containsExactly(HOST3);
        }
        assertThat(told).containsExactly(add(HOST3), remove(HOST1));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void pagesInPiecesAndLogMessagesAreNothingNew(String name) throws Exception {
        start(name);
        for (int i = 0; i < 40; i++) {
            box.route(Prefix.parse("10.9.0." + i + "/32"), List.of(HOST1), 1);
        }
        box.faults().chunks(7).page("^(run |do )?show (ip|ipv6|route) ").message("^end$");
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, HOST2).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aLockOfSomebodyElseIsTold(String name) throws Exception {
        start(name);
        box.faults().pushBack("^" + java.util.regex.Pattern.quote(add(HOST2)));
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, HOST2).complaints().get(WWW1)).contains("locked");
        }
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aHundredPrefixesMoveInOneSession(String name) throws Exception {
        start(name);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Prefix prefix = Prefix.parse("10.9.0." + i + "/32");
            box.route(prefix, List.of(HOST1), 1);
            changes.add(CliHome.change(prefix, null, false, HOST2));
        }
        try (CliRouter router = open("")) {
            ReadBack back = router.apply(changes);
            assertThat(back.routes()).hasSize(100);
            assertThat(back.lookups().values()).containsOnly(HOST2);
        }
        assertThat(told).hasSize(200);
        assertThat(box.hops(WWW2)).isEmpty();
    }

    /** The timer is that of Junos alone: the others put back what is wrong by name. */
    @ParameterizedTest
    @MethodSource("committing")
    void aCommitThatNobodyConfirmsGoesBackWhereThereIsSuchAThing(String name) throws Exception {
        start(name);
        box.faults().drop("^commit$");
        try (CliRouter router = open("")) {
            assertThatThrownBy(() -> move(router, WWW1, true, HOST2)).hasMessageContaining("commit");
        }
        assertThat(box.hops(WWW1)).containsExactly(name.equals("juniper-junos") ? HOST2 : HOST1);
        box.revertNow();
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
    }

    // ---- what became of a commit is told by the device, not by its words ----------------------------------------------

    private static final String WARNING = "warning: this feature needs a licence\nIt is used all the same.";

    @ParameterizedTest
    @MethodSource("committing")
    void aCommitThatWarnsIsACommitAndIsKept(String name) throws Exception {
        start(name);
        box.faults().remark("^commit", WARNING);
        try (CliRouter router = open("")) {
            for (boolean planned : List.of(true, false)) {
                Address to = planned ? HOST2 : HOST3;
                ReadBack back = move(router, WWW1, planned, to);
                assertThat(back.complaints()).isEmpty();
                assertThat(back.routes().get(WWW1).hops()).containsExactly(to);
                boolean named = name.equals("cisco-xr"); // elsewhere nothing tells the admin's line from ours
                assertThat(back.typed().removed().getOrDefault(WWW1, Map.of()).containsKey(HOST1))
                        .isEqualTo(planned && named);
                box.revertNow();
                assertThat(box.hops(WWW1)).containsExactly(to);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("committing")
    void aCommitThatSpeaksOfAnErrorAndIsMadeAllTheSameIsKept(String name) throws Exception {
        start(name);
        box.faults().remark("^commit", "error: commit failed: could not reach the other engine");
        try (CliRouter router = open("")) {
            ReadBack back = move(router, WWW1, false, HOST2);
            assertThat(back.complaints()).isEmpty();
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        box.revertNow();
        assertThat(box.hops(WWW1)).containsExactly(HOST2);
    }

    @ParameterizedTest
    @MethodSource("committing")
    void aCommitWithWordsThatMeanNothingAndThatIsNotMadeIsNone(String name) throws Exception {
        start(name);
        box.faults().answer("^commit", "the dog has eaten it");
        try (CliRouter router = open("")) {
            ReadBack back = move(router, WWW1, true, HOST2);
            assertThat(back.complaints().get(WWW1)).isEqualTo("the commit: the dog has eaten it");
            assertThat(back.typed().removed()).isEmpty();
            box.faults().none();
            assertThat(move(router, WWW1, true, HOST3).complaints()).isEmpty();
        }
        assertThat(box.hops(WWW1)).containsExactly(HOST3);
    }

    @Test
    void twoEnginesThatEachSaySomethingAreUnderstood() throws Exception {
        start("juniper-junos");
        box.faults().twoEngines();
        try (CliRouter router = open("")) {
            assertThat(move(router, WWW1, true, HOST2).complaints()).isEmpty();
        }
        box.revertNow();
        assertThat(box.hops(WWW1)).containsExactly(HOST2);
    }

    @Test
    void aChangeThatTheDeviceWillTakeBackIsNeverCalledDone() throws Exception {
        start("juniper-junos");
        box.faults().answer("^commit$", "commit complete");
        try (CliRouter router = open("")) {
            assertThatThrownBy(() -> move(router, WWW1, true, HOST2)).isInstanceOf(RouterException.class)
                    .hasMessageContaining("may take it back by itself: 'commit' was not taken");
        }
        box.revertNow();
        assertThat(box.hops(WWW1)).containsExactly(HOST1);
    }
}
