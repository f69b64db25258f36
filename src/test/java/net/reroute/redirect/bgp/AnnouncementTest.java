package net.reroute.redirect.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.bgp.Announcement.Is;
import org.junit.jupiter.api.Test;

/** What is understood of FRR's configuration and tables; the texts are those of FRR 8.4. */
class AnnouncementTest {

    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");
    private static final String HEAD = "Building configuration...\n\nrouter bgp 65001\n no bgp network import-check\n"
            + " neighbor 172.16.1.1 remote-as 65000\n !\n address-family ipv4 unicast\n";
    private static final String TOLD = "{\"prefix\":\"203.0.113.0\\/24\",\"advertisedTo\":{\"172.16.1.1\":{}},"
            + "\"paths\":[{\"sourced\":true,\"local\":true}]}";

    private static Announcement read(String lines, String paths) throws RedirectException {
        return Announcement.read(HEAD + lines + " exit-address-family\nexit\n!\nend\n", "65001", PREFIX, paths);
    }

    @Test
    void aLineAndItsNeighboursAreSeen() throws RedirectException {
        assertThat(read("  network 203.0.113.0/24\n", TOLD)).isEqualTo(new Announcement(Is.AS_IS, "", 1, false));
        assertThat(read("  network 203.0.113.0/24 route-map reroute-worse\n", TOLD).is()).isEqualTo(Is.WORSE);
        assertThat(read("  network 203.0.113.0/24 route-map own\n", TOLD))
                .isEqualTo(new Announcement(Is.AS_IS, "own", 1, false));
        assertThat(read("  network 203.0.113.0/24\n", TOLD.replace("\"172.16.1.1\":{}", "")).isSettled(Is.AS_IS))
                .isFalse();
    }

    @Test
    void otherPrefixesAndInstancesDoNotCount() throws RedirectException {
        assertThat(read("  network 203.0.113.0/25\n  network 203.0.112.0/24\n", "{}").is()).isEqualTo(Is.NOT);
        assertThat(read("", "{}").isSettled(Is.NOT)).isTrue();
        String other = " exit-address-family\nexit\nrouter bgp 65001 vrf blue\n address-family ipv4 unicast\n  network "
                + PREFIX + "\n";
        assertThat(read(other, "{}").is()).isEqualTo(Is.NOT);
    }

    @Test
    void whatIsOriginatedWithoutALineIsSomebodyElses() throws RedirectException {
        assertThat(read("", TOLD).otherwise()).isTrue();
        assertThat(read("", TOLD.replace("true", "false")).otherwise()).isFalse();
    }

    @Test
    void anAnswerThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> read("", "% Unknown command")).hasMessageContaining("not understood");
    }
}
