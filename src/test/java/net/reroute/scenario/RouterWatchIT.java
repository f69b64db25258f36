package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Event;
import net.reroute.core.Given;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real Linux router tells by itself; nothing here looks at it unasked, and no timer runs. */
@Timeout(120)
class RouterWatchIT {

    private static final String WWW1 = "192.168.1.32/27";

    @TempDir
    private java.nio.file.Path folder;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private LinuxDevice gw1;
    private Stage stage;

    @BeforeEach
    void start() {
        gw1 = new LinuxDevice();
        stage = new Stage(folder, Given.one(), Map.of("gw1", gw1));
        stage.later = (delay, what) -> timer.schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
        stage.start();
        Lab.await("the router tells what happens", this::isWatched);
    }

    @AfterEach
    void stop() {
        stage.close();
        timer.shutdownNow();
    }

    private boolean isWatched() {
        return gw1.in("ip netns pids " + gw1.space.name + " | xargs -r ps -o args= -p").contains("ip -o monitor");
    }

    private String missing() {
        return stage.events.stream().filter(e -> e.kind() == Event.Kind.SETTLED).map(e -> e.facts().get("text"))
                .reduce("", (a, b) -> b);
    }

    @Test
    void aHandEditIsFoundWithoutALook() {
        gw1.in("ip route replace " + WWW1 + " via 192.168.1.4");
        Lab.await("the edit is found", () -> stage.at("www-1").equals(List.of("host3")));
        stage.settle();
        assertThat(gw1.typed).isEmpty();
    }

    @Test
    void aRouteThatIsTakenAwayIsMadeAgainAndItsAbsenceTold() {
        gw1.in("ip route del " + WWW1);
        Lab.await("it is there again", () -> gw1.hops(WWW1).equals(List.of("192.168.1.2")));
        Lab.await("it is told", () -> missing().startsWith("gw1: the route was missing for "));
        assertThat(stage.events).anySatisfy(e -> {
            assertThat(e.kind()).isEqualTo(Event.Kind.DRIFT);
            assertThat(e.facts()).containsEntry("text", "gw1: the route is missing");
        });
        stage.settle();
        assertThat(stage.history())
                .anySatisfy(row -> assertThat(row).startsWith("missing gw1: the route was missing for"))
                .contains("aligned gw1 now points at host1 as decided");
    }

    /** The kernel takes a link's IPv4 routes away without telling of any. */
    @Test
    void afterALinkWasDownItsRoutesAreBackWithinTwoSeconds() {
        gw1.in("ip link set e0 down; sleep 1; ip link set e0 up");
        long up = System.nanoTime();
        Lab.await("it is there again", () -> gw1.hops(WWW1).equals(List.of("192.168.1.2")));
        assertThat(Duration.ofNanos(System.nanoTime() - up)).isLessThan(Duration.ofSeconds(10));
        Lab.await("it is told", () -> missing().startsWith("gw1: the route was missing for "));
    }

    @Test
    void othersRoutesAndOurOwnChangesMakeNoEndOfLooks() {
        stage.dies("host1");
        stage.checks(3);
        assertThat(gw1.hops(WWW1)).containsExactly("192.168.1.3");
        int typed = gw1.typed.size();
        gw1.in("for i in 1 2 3 4 5 6 7 8 9; do ip route add 20.0.$i.0/24 via 192.168.1.5; ip route del 20.0.$i.0/24;"
                + " done");
        stage.settle();
        assertThat(gw1.typed).hasSize(typed);
    }

    @Test
    void aMonitorThatIsKilledComesBackWithALook() {
        gw1.in("ip netns pids " + gw1.space.name
                + " | xargs -r ps -o pid=,args= -p | grep '[i]p -o monitor' | awk '{print $1}'"
                + " | xargs kill");
        gw1.in("ip route replace " + WWW1 + " via 192.168.1.5");
        Lab.await("the edit is found", () -> stage.at("www-1").equals(List.of("host4")));
    }
}
