package net.reroute.redirect.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.SwitchSpec;
import net.reroute.core.SwitchSpec.Choose;
import net.reroute.core.SwitchSpec.Limits;
import net.reroute.core.SwitchSpec.Proxy;
import net.reroute.core.SwitchSpec.Waits;
import org.junit.jupiter.api.Test;

/** How backends are chosen, and what is read of strangers' first bytes. */
class BackendsTest {

    private static final Endpoint ONE = new Endpoint(Address.parse("192.168.1.2"), 110);
    private static final Endpoint TWO = new Endpoint(Address.parse("192.168.1.3"), 110);
    private static final Endpoint THREE = new Endpoint(Address.parse("192.168.1.4"), 110);
    private static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.7");

    private static Backends of(Choose choose, Map<Endpoint, Integer> weights) {
        return new Backends(new SwitchSpec(ONE, List.of(ONE, TWO, THREE), choose, weights, Duration.ofSeconds(30),
                Optional.empty(), new Waits(Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty(),
                        Duration.ofSeconds(1)),
                new Limits(10, 0), new Proxy(List.of(), 0), Map.of()), Optional.empty(),
                e -> new InetSocketAddress(e.address().inet(), e.port()));
    }

    private static Map<String, Integer> spread(Backends backends, int times) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            InetAddress source = InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250);
            counts.merge(backends.choose(source, "", List.of()).orElseThrow().toString(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void weightsAreKeptToTheLetter() {
        assertThat(spread(of(Choose.WEIGHTED, Map.of(ONE, 3, TWO, 2)), 60)).isEqualTo(
                Map.of(ONE.toString(), 30, TWO.toString(), 20, THREE.toString(), 10));
    }

    @Test
    void aClientStaysAndOnlyTheClientsOfAFailedBackendMove() {
        Backends backends = of(Choose.SOURCE, Map.of());
        Map<InetAddress, String> before = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            InetAddress source = InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250);
            before.put(source, backends.choose(source, "", List.of()).orElseThrow().toString());
        }
        assertThat(spread(backends, 1000).values()).allMatch(n -> n > 250 && n < 420);
        backends.allow(List.of(ONE.toString(), THREE.toString()));
        before.forEach((source, was) -> {
            String now = backends.choose(source, "", List.of()).orElseThrow().toString();
            assertThat(now).isEqualTo(was.equals(TWO.toString()) ? now : was).isNotEqualTo(TWO.toString());
        });
    }

    @Test
    void theFewestConnectionsForItsWeightWin() {
        Backends backends = of(Choose.LEAST, Map.of(ONE, 4));
        for (int i = 0; i < 12; i++) {
            backends.choose(CLIENT, "", List.of()).orElseThrow().active.incrementAndGet();
        }
        assertThat(backends.all()).extracting(b -> b.active.get()).containsExactly(8, 2, 2);
    }

    @Test
    void whatWasBadIsPassedOverUntilItsTimeIsOver() {
        Backends backends = of(Choose.IN_TURN, Map.of());
        Backend first = backends.all().iterator().next();
        first.failed(Duration.ofMinutes(1).toNanos());
        assertThat(backends.choose(CLIENT, "", List.of()).orElseThrow()).hasToString(TWO.toString());
        first.failed(0);
        assertThat(backends.choose(CLIENT, "", List.of()).orElseThrow()).isSameAs(first);
        assertThat(backends.choose(CLIENT, "", backends.all())).isEmpty();
    }

    @Test
    void strangersBytesAreNeverMoreThanRefused() {
        Random random = new Random(7);
        byte[] begin = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n', 0x21, 0x11};
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = i % 2 == 0 ? 22 : bytes[0];
            }
            if (i % 3 == 0) {
                System.arraycopy(begin, 0, bytes, 0, Math.min(bytes.length, begin.length));
            }
            ClientHello.name(ByteBuffer.wrap(bytes));
            try {
                ProxyHeader.read(ByteBuffer.wrap(bytes));
            } catch (ProxyHeader.BadHeaderException e) {
                assertThat(e).hasMessageContaining("PROXY");
            }
        }
    }
}
