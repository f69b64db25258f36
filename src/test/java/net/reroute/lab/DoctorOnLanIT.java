package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the doctor finds about takeovers, each made on purpose. */
class DoctorOnLanIT extends OnFlatLan {

    private String doctor(int status) {
        Shellout.Done done = reroute.cli("doctor");
        assertThat(done.status()).as(done.text()).isEqualTo(status);
        return done.text().replaceAll("\\s+", " ");
    }

    @Test
    void aLanThatIsReadyHasNothingBad() {
        flat.inventory(reroute, Flat.FAST, "");
        assertThat(doctor(0)).contains("good controller has what takeovers need of it")
                .contains("good host1 can take addresses over, announces with perl")
                .contains("good host3 can take addresses over").doesNotContain("bad ").doesNotContain("note ");
    }

    @Test
    void anInterfaceThatIsNotThereOrDownIsNamed() {
        flat.inventory(reroute, Flat.FAST, "");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceFirst("(host2: .*)interface: eth0",
                "$1interface: eth9"));
        assertThat(doctor(1)).contains("bad host2 has no interface eth9, where addresses would come up"
                + " fix: correct 'interface:' in the inventory");
        lab.attempt("host2", "ip link add eth9 type veth peer name eth9peer");
        assertThat(doctor(1)).contains("bad host2 eth9 is down fix: ip link set eth9 up");
        lab.in("host2", "ip link del eth9");
    }

    @Test
    void anAddressThatTwoAnswerForIsFoundBeforeItHurts() {
        flat.inventory(reroute, Flat.FAST, "");
        lab.in("neighbour", "ip addr add " + Flat.V4 + "/27 dev eth0");
        try {
            String stranger = lab.in("neighbour", "cat /sys/class/net/eth0/address").strip();
            assertThat(doctor(1)).contains("bad host1 hears " + Flat.V4 + " answered for by " + stranger
                    + " though it holds it itself").containsPattern("bad host2 hears " + Flat.V4
                            + " answered for twice: by [0-9a-f:]+ and [0-9a-f:]+ fix: take it off all but one");
        } finally {
            lab.in("neighbour", "ip addr del " + Flat.V4 + "/27 dev eth0");
        }
    }

    @Test
    void anAddressThatOnlyAStrangerAnswersForIsFound() {
        flat.inventory(reroute, Flat.FAST, "");
        lab.in("host1", "ip addr del " + Flat.V4 + "/27 dev eth0");
        lab.in("neighbour", "ip addr add " + Flat.V4 + "/27 dev eth0");
        try {
            String stranger = lab.in("neighbour", "cat /sys/class/net/eth0/address").strip();
            assertThat(doctor(1))
                    .contains("bad host2 hears " + Flat.V4 + " answered for by " + stranger + ", which is none of"
                            + " the servers fix: find that machine and take the address off it");
        } finally {
            lab.in("neighbour", "ip addr del " + Flat.V4 + "/27 dev eth0");
        }
    }

    @Test
    void anAddressOutsideTheLanAndANextHopThatNobodyHasAreTold() {
        flat.inventory(reroute, Flat.FAST, "");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("prefix: " + Flat.V4, "prefix: 172.16.5.20"));
        assertThat(doctor(0))
                .contains("note host1 172.16.5.20 is in none of the networks of eth0, so nobody on that LAN asks"
                        + " for it");
        flat.withNextHops();
        flat.fallbackInventory(reroute, Flat.FAST, "");
        if (!lab.listens("gw1", 22)) {
            lab.sshd().start("gw1", "192.168.1.1");
        }
        lab.in("host2", "ip addr del 192.168.1.13/27 dev eth0");
        assertThat(doctor(1)).contains("bad host2 does not hold its next hop 192.168.1.13 on eth0 fix: ip addr add"
                + " 192.168.1.13/LENGTH dev eth0");
        lab.in("host2", "ip addr add 192.168.1.13/27 dev eth0");
    }

    @Test
    void whatAServerLacksToAnnounceIsTold() {
        programs("perl", "exit 127", "host2");
        programs("python3", "exit 127", "host2");
        flat.inventory(reroute, Flat.FAST, "");
        assertThat(doctor(0))
                .contains("note host2 announces with arping: nobody there asks for duplicates before, or hears"
                        + " who else claims them, and IPv6 is not announced fix: install perl or python3 there");
    }

    @Test
    void anAddressThatOthersHangOnIsTold() {
        lab.in("host1", "sysctl -qw net.ipv4.conf.eth0.promote_secondaries=0 net.ipv4.conf.all.promote_secondaries=0;"
                + " ip addr del " + Flat.V4 + "/27 dev eth0; ip addr del 192.168.1.2/27 dev eth0; ip addr add "
                + Flat.V4
                + "/27 dev eth0; ip addr add 192.168.1.2/27 dev eth0; ip route replace default via 192.168.1.1");
        try {
            flat.inventory(reroute, Flat.FAST, "");
            assertThat(doctor(0))
                    .contains("note host1 " + Flat.V4 + " is the primary address of 192.168.1.2 on eth0, which"
                            + " would go with it, so it is never taken off there fix: sysctl -w"
                            + " net.ipv4.conf.eth0.promote_secondaries=1");
        } finally {
            lab.in("host1", "ip addr flush dev eth0 scope global; ip addr add 192.168.1.2/27 dev eth0; ip addr add"
                    + " 2001:db8:1::2/64 dev eth0 nodad; ip route replace default via 192.168.1.1; ip -6 route replace default via 2001:db8:1::1");
        }
    }

    @Test
    void aRouterThatWouldNotNoticeATakeoverIsTold() {
        flat.withNextHops();
        flat.fallbackInventory(reroute, Flat.FAST, "");
        if (!lab.listens("gw1", 22)) {
            lab.sshd().start("gw1", "192.168.1.1");
        }
        String on = lab.in("gw1", "ip -o route get 192.168.1.12").replaceAll("(?s).* dev (\\S+).*", "$1");
        lab.in("gw1", "sysctl -qw net.ipv4.conf." + on + ".drop_gratuitous_arp=1");
        try {
            assertThat(doctor(1))
                    .contains("bad gw1 is deaf to announcements on " + on + ", so it would not notice that the"
                            + " next hop of host1 was taken over fix: sysctl -w net.ipv4.conf." + on
                            + ".drop_gratuitous_arp=0");
        } finally {
            lab.in("gw1", "sysctl -qw net.ipv4.conf." + on + ".drop_gratuitous_arp=0");
        }
    }

    @Test
    void aControllerOutsideTheLanThatIsToAnnounceIsTold() {
        flat.inventory(reroute, Flat.FAST, ", announce: controller");
        String text = reroute.cliOn("client", "doctor").text().replaceAll("\\s+", " ");
        assertThat(text).contains("bad controller this machine has no leg in the LAN of " + Flat.V4);
    }
}
