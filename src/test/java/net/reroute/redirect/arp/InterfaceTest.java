package net.reroute.redirect.arp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.redirect.arp.Interface.AssignedAddress;
import org.junit.jupiter.api.Test;

/** Reads what iproute2 6.1 printed, and what nobody should print. */
class InterfaceTest {

    private static String printed() throws IOException {
        try (InputStream in = InterfaceTest.class.getResourceAsStream("addresses.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Interface eth0() throws IOException {
        return Interface.read(printed()).getLast();
    }

    private static AssignedAddress entry(String address) throws IOException {
        return eth0().entry(Address.parse(address)).orElseThrow();
    }

    private static String words(String address) throws IOException {
        return String.join(" ", entry(address).words());
    }

    private static List<Interface> withEntry(String info) throws IOException {
        return Interface.read("""
                              [{"ifname":"eth0","flags":["UP"],"link_type":"ether","address":"52:54:00:aa:bb:01",
                                "addr_info":[%s]}]
                              """.formatted(info));
    }

    @Test
    void everyEthernetInterfaceIsReadAndLoopbackIsNone() throws Exception {
        assertThat(Interface.read(printed())).extracting(Interface::name).containsExactly("eth1", "eth0");
        assertThat(eth0().hardware()).isEqualTo(new HardwareAddress("52:54:00:aa:bb:01"));
        assertThat(eth0().entries()).hasSize(11);
    }

    @Test
    void anInterfaceIsUpUnlessItWasSetDownEvenWithoutCarrier() throws Exception {
        assertThat(Interface.read(printed())).extracting(Interface::up).containsExactly(false, true);
    }

    @Test
    void anAddressThatIsNotThereIsNotFound() throws Exception {
        assertThat(eth0().entry(Address.parse("192.168.77.5"))).isEmpty();
        assertThat(eth0().entry(Address.parse("127.0.0.1"))).isEmpty();
    }

    @Test
    void theWordsOfAnEntryGiveTheVerySameAddressBack() throws Exception {
        assertThat(words("192.168.77.11"))
                .isEqualTo("192.168.77.11/24 brd 192.168.77.255 dev eth0 scope global label eth0");
        assertThat(words("192.168.77.21")).isEqualTo(
                "192.168.77.21/24 brd 192.168.77.255 dev eth0 scope global label eth0:web noprefixroute");
        assertThat(words("192.168.77.50")).isEqualTo("192.168.77.50/32 dev eth0 scope global label eth0:rr");
        assertThat(words("10.9.0.2")).isEqualTo("10.9.0.2/32 dev eth0 scope link label eth0");
        assertThat(words("10.9.0.5")).isEqualTo("10.9.0.5/32 dev eth0 scope 77 label eth0");
        assertThat(words("2001:db8:77::11")).isEqualTo("2001:db8:77::11/64 dev eth0");
        assertThat(words("2001:db8:77::50")).isEqualTo("2001:db8:77::50/128 dev eth0 noprefixroute");
    }

    @Test
    void anAddressThatIsNoSourceOfConnectionsComesBackAsNone() throws Exception {
        assertThat(words("2001:db8:77::51")).isEqualTo("2001:db8:77::51/128 dev eth0 preferred_lft 0");
    }

    @Test
    void theMetricOfItsRouteComesBackWithAnAddress() throws Exception {
        assertThat(words("10.9.1.9")).isEqualTo("10.9.1.9/24 dev eth0 scope global label eth0 metric 77");
    }

    @Test
    void secondariesOfTheSameSubnetGoWithTheirPrimary() throws Exception {
        assertThat(eth0().goingWith(entry("192.168.77.11"))).extracting(Address::toString)
                .containsExactly("192.168.77.20", "192.168.77.21");
    }

    @Test
    void nothingGoesWithASecondaryAHostRouteAnotherLengthOrIpv6() throws Exception {
        for (String address : List.of("192.168.77.20", "192.168.77.50", "192.168.77.129", "10.9.1.9",
                "2001:db8:77::11")) {
            assertThat(eth0().goingWith(entry(address))).as(address).isEmpty();
        }
    }

    @Test
    void hostileWordsOfAServerAreLeftOut() throws Exception {
        List<Interface> read = withEntry("""
                                         {"local":"192.168.77.50","prefixlen":32,"broadcast":"1.2.3.4 $(reboot)",
                                          "scope":"global;reboot","label":"eth0; rm -rf /","metric":"1|reboot"}""");
        assertThat(read.getFirst().entries()).extracting(AssignedAddress::words)
                .containsExactly(List.of("192.168.77.50/32", "dev", "eth0"));
        assertThat(withEntry("{\"local\":\"192.168.77.50\",\"prefixlen\":32,\"label\":\"a\\nreboot\"}")
                .getFirst().entries().getFirst().words().toString()).doesNotContain("reboot");
    }

    @Test
    void aLengthThatNoPrefixHasIsNotUnderstood() {
        for (String length : List.of("\"32;reboot\"", "33", "-1000000000", "null")) {
            assertThatThrownBy(() -> withEntry("{\"local\":\"192.168.77.50\",\"prefixlen\":" + length + "}")).as(length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anAddressThatIsNoneIsNotUnderstood() {
        assertThatThrownBy(() -> withEntry("{\"local\":\"192.168.77.50;reboot\",\"prefixlen\":32}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The kernel refuses no more than blanks, colons and slashes there. */
    @Test
    void anInterfaceWhoseNameAShellWouldReadIsLeftOut() throws Exception {
        for (String name : List.of("a;id", "$(id>&2)", "`id`", "a'b", "-a", "")) {
            assertThat(Interface.read(printed().replace("\"ifname\":\"eth1\"", "\"ifname\":\"" + name + "\"")))
                    .as(name).extracting(Interface::name).containsExactly("eth0");
        }
        assertThat(Interface.read(printed().replace("\"ifname\":\"eth1\"", "\"ifname\":\"br-lan_0.77\"")))
                .extracting(Interface::name).containsExactly("br-lan_0.77", "eth0");
    }

    @Test
    void whatIsNoJsonIsNotUnderstood() {
        assertThatThrownBy(() -> Interface.read("sudo: a password is required")).isInstanceOf(IOException.class);
    }
}
