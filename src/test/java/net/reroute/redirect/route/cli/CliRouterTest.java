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
import java.util.List;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.Router.ReadBack;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Next hops rewritten on a Cisco IOS command line. */
@Timeout(60)
class CliRouterTest {

    private static final String OLD = "ip route 192.168.1.32 255.255.255.224 192.168.1.2";
    private static final String NEW = "ip route 192.168.1.32 255.255.255.224 192.168.1.3 name reroute";

    @TempDir
    Path folder;

    private CliHome home;
    private SimulatedCli ios;

    @BeforeEach
    void start() throws IOException {
        home = new CliHome(folder);
        ios = SimulatedCli
                .start("cisco-ios", Setup.of("gw1", "admin", "pass word", "s3cret"), CliHome.links(), Ssh.MODERN, l -> {
                }).with(OLD);
    }

    @AfterEach
    void stop() throws IOException {
        ios.close();
    }

    private CliRouter open(String more) throws RouterException {
        return (CliRouter) Routers.open(home.spec(ios, "cisco-ios", ", enable: {file: enable}" + more), PATIENCE);
    }

    private static Route before(Router router, Prefix prefix) throws RouterException {
        return router.routes(List.of(prefix)).get(prefix);
    }

    @Test
    void movesAPrefixByTypingTheNewNextHopBeforeTheOldGoes() throws RouterException {
        try (CliRouter router = open("")) {
            Route before = before(router, WWW1);
            assertThat(before.hops()).containsExactly(HOST1);
            ReadBack back = router.apply(List.of(CliHome.change(WWW1, before, true, HOST2)));
            assertThat(back.complaints()).isEmpty();
            assertThat(back.routes().get(WWW1).hops()).containsExactly(HOST2);
            assertThat(back.lookups()).isEqualTo(Map.of(WWW1.firstUsable(), HOST2));
            assertThat(back.typed().lines().get(WWW1)).containsExactly(NEW, "no " + OLD);
        }
        assertThat(ios.typed()).containsExactly(NEW, "no " + OLD);
        assertThat(ios.written()).containsExactly(NEW);
    }

    private ReadBack move(CliRouter router, boolean planned, Address... to) throws RouterException {
        return router.apply(List.of(CliHome.change(WWW1, before(router, WWW1), planned, to)));
    }

    @Test
    void anAnswerIsAwaitedSixTimesFromConfigureOn() throws RouterException {
        try (CliRouter router = open("")) {
            Route before = before(router, WWW1);
            int from = router.awaited();
            router.apply(List.of(CliHome.change(WWW1, before, false, HOST2)));
            // One answer is that of the configuration before the change, and comes before configure.
            assertThat(router.awaited() - from - 1).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void aLineThatStoodThereIsWrittenAgainByteForByte() throws RouterException {
        String admins = "ip route 192.168.1.64 255.255.255.224 GigabitEthernet0/1 192.168.1.2 15 tag 77 name web-1 track 3";
        ios.with(admins);
        try (CliRouter router = open("")) {
            Route home = before(router, WWW2);
            ReadBack away = router.apply(List.of(CliHome.change(WWW2, home, false, HOST2)));
            assertThat(ios.written()).contains(
                    "ip route 192.168.1.64 255.255.255.224 192.168.1.3 15 tag 77 name reroute").doesNotContain(admins);
            assertThat(away.typed().lines().get(WWW2)).last()
                    .isEqualTo("no ip route 192.168.1.64 255.255.255.224 GigabitEthernet0/1 192.168.1.2");
            Change back = CliHome.back(before(router, WWW2), WWW2, HOST1, away.typed().removed().get(WWW2));
            assertThat(router.apply(List.of(back)).routes().get(WWW2).hops()).containsExactly(HOST1);
        }
        assertThat(ios.written()).contains(admins);
    }

    @Test
    void whatRerouteWroteItselfIsNotKept() throws RouterException {
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2).typed().removed().get(WWW1)).containsOnlyKeys(HOST1);
            assertThat(move(router, true, HOST3).typed().removed().getOrDefault(WWW1, Map.of())).isEmpty();
        }
    }

    @Test
    void withADistanceOfItsOwnOneLineComesAndOneGoesAndTheAdminsStays() throws RouterException {
        ios.without(WWW1);
        ios.with(OLD + " 10 name admins");
        try (CliRouter router = open(", distance: 5")) {
            assertThat(move(router, true, HOST2).typed().lines().get(WWW1))
                    .containsExactly("ip route 192.168.1.32 255.255.255.224 192.168.1.3 5 name reroute");
            assertThat(ios.hops(WWW1)).containsExactly(HOST2);
            assertThat(move(router, true, HOST3).typed().lines().get(WWW1)).containsExactly(
                    "ip route 192.168.1.32 255.255.255.224 192.168.1.4 5 name reroute",
                    "no ip route 192.168.1.32 255.255.255.224 192.168.1.3");
            assertThat(move(router, true, HOST1).typed().lines().get(WWW1))
                    .containsExactly("no ip route 192.168.1.32 255.255.255.224 192.168.1.4");
        }
        assertThat(ios.written()).containsExactly(OLD + " 10 name admins");
    }

    /** IOS keeps one line for each next hop: with another distance it is another line in the same place. */
    @Test
    void withADistanceOfItsOwnTheAdminsFloatingBackupIsWrittenAgain() throws RouterException {
        ios.without(WWW1);
        String floating = "ip route 192.168.1.32 255.255.255.224 192.168.1.3 250 name backup";
        ios.with(OLD + " 10 name admins").with(floating);
        try (CliRouter router = open(", distance: 5")) {
            ReadBack away = move(router, true, HOST2);
            assertThat(ios.hops(WWW1)).containsExactly(HOST2);
            Change back = CliHome.back(before(router, WWW1), WWW1, HOST1, away.typed().removed().get(WWW1));
            assertThat(router.apply(List.of(back)).routes().get(WWW1).hops()).containsExactly(HOST1);
        }
        assertThat(ios.written()).containsExactlyInAnyOrder(OLD + " 10 name admins", floating);
    }

    @Test
    void aDistanceThatIsNotBelowTheAdminsIsRefused() throws RouterException {
        try (CliRouter router = open(", distance: 5")) {
            assertThat(move(router, true, HOST2).complaints().get(WWW1)).contains("with a distance below our own 5");
        }
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void aFloatingBackupOfTheAdminIsLeftAlone() throws RouterException {
        String floating = "ip route 192.168.1.32 255.255.255.224 192.168.1.5 250";
        ios.with(floating);
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        assertThat(ios.written()).containsExactly(floating, NEW);
    }

    @Test
    void everyNextHopIsNamedWhenItGoes() throws RouterException {
        ios.with("ip route 192.168.1.32 255.255.255.224 192.168.1.4");
        try (CliRouter router = open("")) {
            assertThat(before(router, WWW1).hops()).containsExactly(HOST1, HOST3);
            assertThat(move(router, true, HOST2).typed().lines().get(WWW1)).containsExactly(NEW, "no " + OLD,
                    "no ip route 192.168.1.32 255.255.255.224 192.168.1.4");
        }
        assertThat(ios.typed()).noneMatch(l -> l.matches("no ip route \\S+ \\S+"));
    }

    @Test
    void sharesAPrefixOverTwoNextHops() throws RouterException {
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2, HOST3).routes().get(WWW1).hops()).containsExactly(HOST2, HOST3);
        }
    }

    @Test
    void movesAnIpv6Prefix() throws RouterException {
        Prefix six = Prefix.parse("2001:db8:33::/64");
        Address to = Address.parse("2001:db8:1::3");
        ios.with("ipv6 route 2001:DB8:33::/64 2001:DB8:1::2");
        try (CliRouter router = open("")) {
            ReadBack back = router.apply(List.of(CliHome.change(six, before(router, six), true, to)));
            assertThat(back.routes().get(six).hops()).containsExactly(to);
            assertThat(back.typed().lines().get(six)).containsExactly(
                    "ipv6 route 2001:db8:33::/64 2001:db8:1::3 name reroute",
                    "no ipv6 route 2001:db8:33::/64 2001:db8:1::2");
        }
    }

    @Test
    void worksInAVrf() throws RouterException {
        ios.with("ip route vrf BLUE 192.168.1.32 255.255.255.224 192.168.1.2");
        try (CliRouter router = open(", vrf: BLUE")) {
            assertThat(move(router, true, HOST2).routes().get(WWW1).hops()).containsExactly(HOST2);
        }
        assertThat(ios.written()).containsExactly(OLD,
                "ip route vrf BLUE 192.168.1.32 255.255.255.224 192.168.1.3 name reroute");
    }

    @Test
    void aNextHopTheRouterKnowsNoWayToIsNotTyped() throws RouterException {
        try (CliRouter router = open("")) {
            assertThat(move(router, true, Address.parse("172.16.0.9")).complaints().get(WWW1))
                    .isEqualTo("it knows no way to the next hop 172.16.0.9; nothing was typed");
        }
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void aFailoverToANextHopThatIsNotResolvedIsFoundOut() throws RouterException {
        try (CliRouter router = open("")) {
            ReadBack back = move(router, false, Address.parse("172.16.0.9"));
            assertThat(back.routes().get(WWW1)).isNull();
            assertThat(back.typed().remarks().get(WWW1)).contains("stands in its configuration, but its table shows");
        }
    }

    @Test
    void aLineNobodyUnderstandsIsReportedAndNothingIsTyped() throws RouterException {
        try (CliRouter router = open("")) {
            ios.faults().answer("show running-config", OLD + "\nip route 192.168.1.32 something entirely new");
            assertThat(move(router, true, HOST2).complaints().get(WWW1)).contains("does not understand")
                    .contains("something entirely new");
        }
        assertThat(ios.typed()).isEmpty();
    }

    @Test
    void aPlannedChangeGoesBackByItselfWhenItsSessionIsLost() throws RouterException {
        ios.faults().drop("^no ip route");
        assertThatThrownBy(() -> {
            try (CliRouter router = open("")) {
                move(router, true, HOST2);
            }
        }).hasMessageContaining("it ended the session at 'no ip route");
        assertThat(ios.written()).hasSize(2);
        ios.revertNow();
        assertThat(ios.written()).containsExactly(OLD);
    }

    @Test
    void aPlannedChangeThatIsVerifiedStays() throws RouterException {
        try (CliRouter router = open("")) {
            move(router, true, HOST2);
        }
        ios.revertNow();
        assertThat(ios.written()).containsExactly(NEW);
    }

    @Test
    void aFailoverDoesNotWaitForATimer() throws RouterException {
        try (CliRouter router = open("")) {
            move(router, false, HOST2);
        }
        ios.revertNow();
        assertThat(ios.written()).containsExactly(NEW);
    }

    @Test
    void savesWhenToldTo() throws java.io.IOException {
        try (CliRouter router = open(", save: after-move")) {
            assertThat(router.unsaved()).isFalse();
            move(router, true, HOST2);
            assertThat(router.unsaved()).isTrue();
            assertThat(router.save()).isEmpty();
            assertThat(router.unsaved()).isFalse();
            assertThat(ios.saves()).isEqualTo(1);
            move(router, true, HOST3);
            ios.faults().answer("^write", "startup-config file open failed (Device or resource busy)");
            assertThat(router.save()).hasValueSatisfying(t -> assertThat(t).contains("resource busy"));
            assertThat(router.unsaved()).isTrue();
        }
    }

    @Test
    void theNextHopIsPingedBeforeAPlannedMove() throws RouterException {
        List<String> heard = new java.util.ArrayList<>();
        RouterSpec spec = home.spec(ios, "cisco-ios", ", enable: {file: enable}");
        CliSession session = CliLogin.open(spec, PATIENCE, new LineListener() {
            @Override
            public void typed(String line) {
                heard.add(line);
            }

            @Override
            public void heard(String raw) {
                // not of interest
            }
        });
        try (CliRouter router = new CliRouter(spec, session)) {
            move(router, true, HOST2);
        }
        assertThat(heard).containsSubsequence("ping 192.168.1.3 repeat 2 timeout 1",
                "configure terminal revert timer 1", NEW, "no " + OLD, "end", "show running-config | include ^ip route",
                "show ip route 192.168.1.33", "configure confirm");
        assertThat(heard).contains("********").noneMatch(l -> l.contains("s3cret"));
    }

    @Test
    void ownAddressesAreKnown() throws RouterException {
        try (CliRouter router = open("")) {
            assertThat(router.addresses()).contains(Address.parse("192.168.1.1"), Address.parse("10.0.0.1"));
        }
    }

    @Test
    void aHundredPrefixesAreTypedInOneConfigurationSession() throws RouterException {
        List<Change> changes = new java.util.ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Prefix prefix = Prefix.parse("10.9.0." + i + "/32");
            ios.route(prefix, List.of(HOST1), 1);
            changes.add(CliHome.change(prefix, null, false, HOST2));
        }
        try (CliRouter router = open("")) {
            int from = router.awaited();
            ReadBack back = router.apply(changes);
            assertThat(back.routes()).hasSize(100);
            assertThat(back.lookups().values()).containsOnly(HOST2);
            assertThat(router.awaited() - from).isLessThanOrEqualTo(2 * 100 + 100 + 4);
        }
    }

    /** IOS keeps one line for each next hop, so that ours takes the place of the admin's floating one. */
    @Test
    void aFloatingBackupThroughTheNewNextHopComesBack() throws RouterException {
        String floating = "ip route 192.168.1.32 255.255.255.224 192.168.1.3 250 name backup";
        ios.with(floating);
        try (CliRouter router = open("")) {
            ReadBack away = move(router, true, HOST2);
            assertThat(ios.written()).containsExactly(NEW);
            router.apply(List.of(CliHome.back(before(router, WWW1), WWW1, HOST1, away.typed().removed().get(WWW1))));
        }
        assertThat(ios.written()).containsExactlyInAnyOrder(OLD, floating);
    }

    @Test
    void aFloatingBackupIsThereAgainWhenTheMoveIsTakenBack() throws RouterException {
        String floating = "ip route 192.168.1.32 255.255.255.224 192.168.1.3 250 name backup";
        ios.with(floating).faults().answer("^no ip route .* 192.168.1.2$", "% Invalid input detected at '^' marker.");
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2).complaints().get(WWW1)).contains("Invalid input");
        }
        assertThat(ios.written()).containsExactlyInAnyOrder(OLD, floating);
    }

    @Test
    void aKeptLineOfAnotherPrefixIsNeverTyped() throws RouterException {
        try (CliRouter router = open("")) {
            move(router, true, HOST2);
            router.apply(List.of(CliHome.back(before(router, WWW1), WWW1, HOST1,
                    Map.of(HOST1, "ip route 192.168.1.64 255.255.255.224 192.168.1.2 tag 7"))));
        }
        assertThat(ios.written()).containsExactly(OLD + " name reroute");
    }

    @Test
    void theAdminsLineIsRememberedWhateverIsAnsweredToItsRemoval() throws RouterException {
        ios.without(WWW1);
        String admins = OLD + " tag 77 name web-1";
        ios.with(admins).faults().remark("^no ip route", "%Something nobody has seen before");
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2).typed().removed().get(WWW1)).containsEntry(HOST1, admins);
        }
    }

    @Test
    void theAdminsLineIsRememberedWhenTheSessionIsLost() {
        ios.faults().drop("^end");
        RouterException e = org.assertj.core.api.Assertions.catchThrowableOfType(RouterException.class, () -> {
            try (CliRouter router = open("")) {
                move(router, false, HOST2);
            }
        });
        assertThat(e.removed().get(WWW1)).containsEntry(HOST1, OLD);
    }

    @Test
    void aTimerThatALostSessionLeftBehindIsStopped() throws RouterException {
        ios.faults().drop("^end");
        assertThatThrownBy(() -> {
            try (CliRouter router = open("")) {
                move(router, true, HOST2);
            }
        }).isInstanceOf(RouterException.class);
        try (CliRouter router = open("")) {
            assertThat(before(router, WWW1).hops()).containsExactly(HOST2);
        }
        ios.revertNow();
        assertThat(ios.hops(WWW1)).containsExactly(HOST2);
    }

    @Test
    void aRouteThatWasMadeAndGoesAgainLeavesWhatStoodThereBefore() throws RouterException {
        ios.without(WWW1);
        String hidden = "ip route 192.168.1.32 255.255.255.224 172.16.0.9 track 3";
        ios.with(hidden);
        try (CliRouter router = open("")) {
            assertThat(before(router, WWW1)).isNull();
            Change make = CliHome.change(WWW1, null, true, HOST2);
            ReadBack made = router.apply(List.of(make));
            router.apply(List.of(new Change(make.service(), java.util.Optional.empty(), List.of(),
                    java.util.Optional.empty(),
                    new Change.Options(true, made.typed().removed().get(WWW1), "the probe failed"))));
        }
        assertThat(ios.written()).containsExactly(hidden);
    }

    @Test
    void aPlannedChangeIsLookedAtWithCareAlsoBesideAFailover() throws RouterException {
        ios.route(WWW2, List.of(HOST1), 1);
        try (CliRouter router = open("")) {
            Map<Prefix, Route> table = router.routes(List.of(WWW1, WWW2));
            router.apply(List.of(CliHome.change(WWW1, table.get(WWW1), true, Address.parse("172.16.0.9")),
                    CliHome.change(WWW2, table.get(WWW2), false, HOST2)));
        }
        assertThat(ios.hops(WWW1)).containsExactly(HOST1);
        assertThat(ios.hops(WWW2)).containsExactly(HOST2);
    }

    @Test
    void anEndlessLineThatLooksLikeASystemMessageIsNoHarm() throws RouterException {
        ios.faults().remark("^show ip route static", "%A" + "-0".repeat(20_000));
        try (CliRouter router = open("")) {
            assertThat(before(router, WWW1).hops()).containsExactly(HOST1);
        }
    }

    @Test
    void aHeadingWithTheSameSubnetIsNoRoute() throws RouterException {
        ios.with("ip route 192.168.2.32 255.255.255.224 192.168.1.2");
        try (CliRouter router = open("")) {
            assertThat(before(router, Prefix.parse("192.168.2.0/27"))).isNull();
        }
    }

    @Test
    void aNameInQuotesIsOneWordAndALineThatCannotBeTypedStopsItsOwnPrefixOnly() throws RouterException {
        ios.route(WWW2, List.of(HOST1), 1);
        try (CliRouter router = open("")) {
            Map<Prefix, Route> table = router.routes(List.of(WWW1, WWW2));
            ios.faults().answer("^show running", OLD + " name \"web one\"\n"
                    + "ip route 192.168.1.64 255.255.255.224 Odd(Interface)1 192.168.1.2");
            ReadBack back = router.apply(List.of(CliHome.change(WWW1, table.get(WWW1), false, HOST2),
                    CliHome.change(WWW2, table.get(WWW2), false, HOST2)));
            assertThat(back.complaints().get(WWW2)).contains("cannot be typed");
            assertThat(back.typed().lines().get(WWW1)).containsExactly(NEW, "no " + OLD);
        }
    }

    @Test
    void whetherAChangeIsKeptIsAskedWhereItsAnswerMeansNothing() throws Exception {
        ios.faults().remark("^configure confirm", "Rollback process says hello");
        try (CliRouter router = open("")) {
            assertThat(move(router, true, HOST2).complaints()).isEmpty();
        }
        ios.revertNow();
        assertThat(ios.hops(WWW1)).containsExactly(HOST2);
    }

    @Test
    void aChangeThatWasNotKeptIsNeverCalledDone() throws Exception {
        ios.faults().answer("^configure confirm", "Rollback process says hello");
        try (CliRouter router = open("")) {
            assertThatThrownBy(() -> move(router, true, HOST2))
                    .hasMessageContaining("may take it back by itself: 'configure confirm' was not taken");
        }
        ios.revertNow();
        assertThat(ios.hops(WWW1)).containsExactly(HOST1);
    }

    @Test
    void anAnswerThatMeansNothingIsNoProofThatAChangeIsKept() throws Exception {
        ios.faults().remark("^configure confirm", "Rollback process says hello");
        ios.faults().answer("^show archive config rollback timer", "Timers: see elsewhere");
        try (CliRouter router = open("")) {
            assertThatThrownBy(() -> move(router, true, HOST2)).hasMessageContaining("may take it back by itself");
        }
    }
}
