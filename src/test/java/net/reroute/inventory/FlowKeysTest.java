package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.reroute.core.FlowMarks;
import net.reroute.core.Flows;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.Test;

/** How connections are kept, as the inventory writes it, and every mistake in one sentence. */
class FlowKeysTest extends InInventoryHome {

    private static final String ALL = """
                                      routers:
                                        gw1: {dialect: linux, address: 192.168.1.1, user: root, key: id, flows: {marks: 0x00ff0000, preference: 900, tables: 5000}}
                                        gw2: {dialect: linux, address: 192.168.1.6, user: root, key: id}
                                        gw3: {dialect: cisco-ios, address: 192.168.1.7, user: root, key: id}
                                      servers:
                                        host1: {address: 192.168.1.2}
                                        host2: {address: 192.168.1.3}
                                      checks:
                                        web: {tcp: "{server}:80"}
                                      services:
                                        www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web], routers: [gw1, gw2], flows: keep, patience: 30m}
                                        pop: {prefix: 192.168.1.64/32, servers: [host1, host2], checks: [web], routers: [gw2, gw3]}
                                      """;

    private String mistake(String what, String by) throws IOException {
        assertThat(ALL).contains(what);
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class,
                () -> read(ALL.replace(what, by)));
        assertThat(bad).as(by).isNotNull();
        assertThat(bad.problems()).as(bad.problems().toString()).hasSize(1);
        return bad.problems().getFirst().toString();
    }

    @Test
    void allIsRead() throws IOException, BadInventoryException {
        Inventory inventory = read(ALL);
        assertThat(inventory.services().get("www-1").flows())
                .isEqualTo(new Flows(Flows.Mode.KEEP, Optional.of(Duration.ofMinutes(30))));
        assertThat(inventory.services().get("pop").flows()).isEqualTo(Flows.FOLLOW);
        assertThat(inventory.routers().get("gw1").marks()).isEqualTo(new FlowMarks(0x00ff_0000L, 900, 5000));
        assertThat(inventory.routers().get("gw2").marks()).isEqualTo(FlowMarks.DEFAULT);
        assertThat(inventory.marksAt("gw1")).isTrue();
        assertThat(inventory.marksAt("gw3")).isFalse();
    }

    @Test
    void mistakesOfServicesAreTold() throws IOException {
        assertThat(mistake("flows: keep", "flows: kept")).contains("'flows' is follow or keep or cut, not 'kept'");
        assertThat(mistake("flows: keep, ", "")).contains("none are kept here; write flows: keep beside it");
        assertThat(mistake("flows: keep, patience: 30m", "flows: cut, patience: 30m")).contains("none are kept here");
        assertThat(mistake("patience: 30m", "patience: soon")).contains("soon");
        assertThat(mistake("routers: [gw2, gw3]", "routers: [gw2, gw3], flows: cut"))
                .contains("'flows: cut' of pop needs routers with Linux, and gw3 speaks cisco-ios");
        assertThat(mistake("pop: {prefix: 192.168.1.64/32, servers: [host1, host2], checks: [web], routers: [gw2, gw3]",
                "pop: {address: 10.0.0.9, port: 80, redirect: balance, servers: [host1], checks: [web], routers: [gw2], flows: keep"))
                .contains("'flows' says nothing where connections are spread");
    }

    @Test
    void mistakesOfRoutersAreTold() throws IOException {
        assertThat(mistake("marks: 0x00ff0000", "marks: 0x00f0f000")).contains("'marks' has 4 to 16 bits side by side");
        assertThat(mistake("marks: 0x00ff0000", "marks: 0x1")).contains("4 to 16 bits");
        assertThat(mistake("marks: 0x00ff0000", "marks: 0x1ff000000")).contains("4 to 16 bits");
        assertThat(mistake("marks: 0x00ff0000", "marks: high"))
                .contains("'marks' is a mask like 0xff000000, not 'high'");
        assertThat(mistake("preference: 900", "preference: 32766"))
                .contains("'preference' is a number from 1 to 32765");
        assertThat(mistake("tables: 5000", "tables: 254")).contains("above 255");
        assertThat(mistake("gw3: {dialect: cisco-ios, address: 192.168.1.7, user: root, key: id",
                "gw3: {dialect: cisco-ios, address: 192.168.1.7, user: root, key: id, flows: {marks: 0xff000000}"))
                .contains("'flows' means nothing to dialect cisco-ios; connections are kept by routers with Linux");
    }

    @Test
    void aRouterWithMoreNextHopsThanNumbersIsTold() throws IOException {
        String servers = IntStream.range(0, 20).mapToObj(i -> "  h" + i + ": {address: 10.1.0." + (i + 1) + "}\n")
                .collect(Collectors.joining());
        String names = IntStream.range(0, 20).mapToObj(i -> "h" + i).collect(Collectors.joining(", "));
        String text = ALL.replace("checks:\n  web", servers + "checks:\n  web")
                .replace("marks: 0x00ff0000", "marks: 0x00f00000")
                .replace("servers: [host1, host2], checks: [web], routers: [gw1, gw2]",
                        "servers: [" + names + "], checks: [web], routers: [gw1, gw2]");
        BadInventoryException bad = catchThrowableOfType(BadInventoryException.class, () -> read(text));
        assertThat(bad.problems().toString()).contains("the marks 0xf00000 of gw1 have room for 5 next hops, and its"
                + " services with 'flows:' have 20");
    }
}
