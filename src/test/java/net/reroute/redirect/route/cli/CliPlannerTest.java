package net.reroute.redirect.route.cli;

import static net.reroute.redirect.route.cli.CliHome.HOST1;
import static net.reroute.redirect.route.cli.CliHome.HOST2;
import static net.reroute.redirect.route.cli.CliHome.WWW1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed for a change, given what stands in the configuration. */
class CliPlannerTest {

    private static final String P = "ip route 192.168.1.32 255.255.255.224 ";

    @TempDir
    Path folder;

    private CliPlan plan(String dialect, Change change, String... lines) {
        RouterSpec spec = new CliHome(folder).cliSpec(dialect, "");
        RouteLines understood = new RouteLines(spec, Set.of());
        return new CliPlanner(spec, understood).plan(change, understood.reader(false).read(List.of(lines)),
                Optional.empty());
    }

    private static Change to(Address hop) {
        return CliHome.change(WWW1, new Route(WWW1, List.of(HOST1), "", Optional.empty()), true, hop);
    }

    @Test
    void bothLinesOfANextHopGoEachByItsInterface() {
        CliPlan plan = plan("cisco-ios", to(HOST2), P + "GigabitEthernet0/1 192.168.1.2",
                P + "GigabitEthernet0/2 192.168.1.2 name second");
        assertThat(plan.lines()).containsExactly(P + "192.168.1.3 name reroute",
                "no " + P + "GigabitEthernet0/1 192.168.1.2", "no " + P + "GigabitEthernet0/2 192.168.1.2");
        assertThat(plan.removed()).isEqualTo(Map.of(HOST1, P + "GigabitEthernet0/1 192.168.1.2\n" + P
                + "GigabitEthernet0/2 192.168.1.2 name second"));
    }

    @Test
    void allLinesOfANextHopAreWrittenAgain() {
        String first = P + "GigabitEthernet0/1 192.168.1.2";
        String second = P + "GigabitEthernet0/2 192.168.1.2 name second";
        Change back = CliHome.back(new Route(WWW1, List.of(HOST2), "", Optional.empty()), WWW1, HOST1,
                Map.of(HOST1, first + "\n" + second));
        assertThat(plan("cisco-ios", back, P + "192.168.1.3 name reroute").lines()).containsExactly(first, second,
                "no " + P + "192.168.1.3");
    }

    @Test
    void nothingIsTypedThatCouldTakeAwayALineThatIsToStay() {
        CliPlan plan = plan("cisco-ios", to(HOST2), P + "192.168.1.2", P + "GigabitEthernet0/2 192.168.1.2 200");
        assertThat(plan.lines()).isEmpty();
        assertThat(plan.refused()).contains("'no " + P + "192.168.1.2' could take '" + P
                + "GigabitEthernet0/2 192.168.1.2 200' away too, which is to stay; nothing was typed");
    }

    @Test
    void aQualifiedNextHopOfJunosGoesByItsOwnWord() {
        String route = "routing-options static route 192.168.1.32/27 ";
        CliPlan plan = plan("juniper-junos", to(HOST2), "set " + route + "qualified-next-hop 192.168.1.2 preference 7");
        assertThat(plan.lines()).containsExactly("set " + route + "next-hop 192.168.1.3",
                "delete " + route + "qualified-next-hop 192.168.1.2");
    }

    @Test
    void aPrefixWithALineThatIsNotUnderstoodIsLeftAlone() {
        CliPlan plan = plan("frr", to(HOST2), "ip route 192.168.1.32/27 192.168.1.2",
                "ip route 192.168.1.32/27 192.168.1.2 table 100");
        assertThat(plan.lines()).isEmpty();
        assertThat(plan.refused().orElseThrow()).contains("'ip route 192.168.1.32/27 192.168.1.2 table 100'")
                .endsWith("nothing was typed");
    }

    @Test
    void aRouterOsLineIsToldFromAWorseOneWithTheSameNextHop() {
        String head = "/ip route add disabled=no distance=";
        String worse = head + "20 dst-address=192.168.1.32/27 gateway=192.168.1.2";
        assertThat(plan("mikrotik", to(HOST2), head + "1 dst-address=192.168.1.32/27 gateway=192.168.1.2", worse)
                .lines())
                .containsExactly("/ip route add dst-address=192.168.1.32/27 gateway=192.168.1.3 comment=reroute",
                        "/ip route remove [find dst-address=192.168.1.32/27 gateway=192.168.1.2 distance=1]");
    }

    @Test
    void aVyOsRouteThroughAnInterfaceHasTheDistanceThatItsLineSays() {
        String route = "set protocols static route 192.168.1.32/27 ";
        assertThat(
                plan("vyos", to(HOST2), route + "next-hop 192.168.1.2", route + "blackhole distance '254'").refused())
                .isEmpty();
        assertThat(plan("vyos", to(HOST2), route + "next-hop 192.168.1.2", route + "interface wg0 disable").refused())
                .hasValueSatisfying(why -> assertThat(why).contains("interface wg0 disable"));
    }
}
