package net.reroute.redirect.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.junit.jupiter.api.Test;

/** Which server has which slot, and what is understood of nft's answers. */
class SlotsTest {

    private static Service farm(Map<String, Integer> weights, String... servers) {
        return new Service("farm",
                new Balanced(Address.parse("10.0.0.200"), 80, weights, false, false, Optional.empty()),
                List.of(servers),
                List.of("web"), List.of("gw1"),
                new Rules(Policy.ANY, servers.length, Choose.ORDERED, true, Duration.ZERO),
                Optional.empty());
    }

    private static Map<String, Long> shares(List<String> slots) {
        return slots.stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
    }

    @Test
    void slotsAreSharedByWeightAndTakeTurns() {
        List<String> slots = Slots.of(farm(Map.of("a", 3), "a", "b", "c"), List.of("a", "b", "c"));
        assertThat(shares(slots)).isEqualTo(Map.of("a", 36L, "b", 12L, "c", 12L));
        assertThat(shares(slots.subList(0, 5))).isEqualTo(Map.of("a", 3L, "b", 1L, "c", 1L));
    }

    @Test
    void whileOneIsOutTheOthersKeepTheirSlotsAndShareItsOwn() {
        Service farm = farm(Map.of(), "a", "b", "c", "d");
        List<String> all = Slots.of(farm, List.of("a", "b", "c", "d"));
        List<String> without = Slots.of(farm, List.of("a", "c", "d"));
        assertThat(shares(without)).isEqualTo(Map.of("a", 4L, "c", 4L, "d", 4L));
        for (int i = 0; i < all.size(); i++) {
            assertThat(without.get(i)).isEqualTo(all.get(i).equals("b") ? without.get(i) : all.get(i));
        }
    }

    @Test
    void aSubstituteKeepsItsSlotWhenAnotherServerLeavesToo() {
        Service farm = farm(Map.of(), "a", "b", "c", "d");
        List<String> one = Slots.of(farm, List.of("b", "c", "d"));
        List<String> two = Slots.of(farm, List.of("c", "d"));
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(i)).as("slot " + i).isEqualTo(one.get(i).equals("b") ? two.get(i) : one.get(i));
        }
        assertThat(shares(two).values()).allMatch(n -> n >= 5 && n <= 7);
    }

    @Test
    void manyServersHaveSharesThatDifferLittle() {
        String[] servers = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
        assertThat(shares(Slots.of(farm(Map.of(), servers), List.of(servers))).values())
                .allMatch(n -> n == 21 || n == 22);
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsNoEmptyTable() {
        assertThat(NftTable.read("{}").slots(farm(Map.of(), "a"))).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> NftTable.read("table inet reroute {"))
                .hasMessageContaining("not understood");
    }
}
