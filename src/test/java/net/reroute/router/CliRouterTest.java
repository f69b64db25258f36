package net.reroute.router;

import static net.reroute.router.CliHome.HOST1;
import static net.reroute.router.CliHome.HOST2;
import static net.reroute.router.CliHome.PATIENCE;
import static net.reroute.router.CliHome.WWW1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.router.Router.ReadBack;
import net.reroute.simulation.SimulatedIos;
import net.reroute.simulation.SimulatedIos.Setup;
import net.reroute.simulation.SimulatedIos.Ssh;
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
    private SimulatedIos ios;

    @BeforeEach
    void start() throws IOException {
        home = new CliHome(folder);
        ios = SimulatedIos.start(Setup.of("gw1", "admin", "pass word", "s3cret"), CliHome.links(), Ssh.MODERN, l -> {
        }).with(OLD);
    }

    @AfterEach
    void stop() throws IOException {
        ios.close();
    }

    private CliRouter open(String more) throws RouterException {
        return (CliRouter) Router.open(home.spec(ios, "cisco-ios", ", enable: {file: enable}" + more), PATIENCE);
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
}
