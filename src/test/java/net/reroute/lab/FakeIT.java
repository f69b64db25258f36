package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.redirect.arp.ArpObservation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, beside what Debian's package fake sends on the same LAN for the same address. */
class FakeIT {

    /** Its sleep between two frames, as the package configures it. */
    private static final long FAKE_SPACING_MICROS = 1_000_000;
    private static final int BOTH_FORMS = 2;
    private static final String PING_HOST2 = "ping -c 1 -W 1 192.168.1.3";
    private static final int BURST = 5 * BOTH_FORMS;
    private static final String CONTROLLER = ", announce: controller";

    private static Lab lab;
    private static Flat flat;
    private static int homes;
    private static String ctl;
    private static String host2;

    private Reroute reroute;
    private Capture capture;

    @BeforeAll
    static void build() {
        lab = new Lab();
        flat = new Flat(lab);
        ctl = flat.hardware("ctl");
        host2 = flat.hardware("host2");
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void atHome() {
        lab.plugIn("host1");
        flat.atHome();
    }

    @AfterEach
    void stop() {
        if (reroute != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        if (capture != null) {
            capture.close();
        }
    }

    /** What fake sends on the server that takes over: its two forms, in turn. */
    private List<ArpFrame> fakeOnHost2() {
        try (Fake fake = Fake.takesOver(lab, "host2", Flat.V4);
                Capture beside = new Capture(lab, "neighbour", "arp")) {
            List<ArpFrame> heard = beside.await(BOTH_FORMS + 1, Flat.V4, host2, f -> true);
            assertThat(fake.goesOn()).as(fake.text()).isTrue();
            return heard;
        }
    }

    /** What we send when host1 falls silent, when so many frames of it were heard. */
    private List<ArpFrame> oursOnFailover(int number, String more) {
        capture = new Capture(lab, "neighbour", "arp or icmp6");
        reroute = new Reroute(lab, "home" + homes++);
        flat.inventory(reroute, Flat.FAST, ", soak: 1s" + more);
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text() + reroute.log());
        lab.in("neighbour", "ip neigh flush dev eth0; ping -c 1 -W 5 " + Flat.V4); // it believes in host1
        lab.cutOff("host1");
        return capture.await(number, Flat.V4, host2, f -> true);
    }

    private static ArpFrame form(String operation, List<ArpFrame> of) {
        return of.stream().filter(f -> f.operation().equals(operation)).findFirst().orElseThrow();
    }

    private static Map<String, String> differences(String operation, List<ArpFrame> ours, List<ArpFrame> fakes) {
        return form(operation, ours).differences(form(operation, fakes));
    }

    private static Set<Map<String, String>> kinds(List<ArpFrame> frames) {
        Set<Map<String, String>> kinds = new HashSet<>();
        frames.forEach(f -> kinds.add(f.fields()));
        return kinds;
    }

    @Test
    void aServerAnnouncesWithTheVeryFramesOfFakeInBothForms() {
        List<ArpFrame> fakes = fakeOnHost2();
        List<ArpFrame> ours = oursOnFailover(BURST, "");
        assertThat(differences(ArpFrame.REQUEST, ours, fakes)).as("request, by field").isEmpty();
        assertThat(differences(ArpFrame.REPLY, ours, fakes)).as("reply, by field").isEmpty();
        assertThat(kinds(ours)).as("no frame but those two").isEqualTo(kinds(fakes)).hasSize(BOTH_FORMS);
        assertThat(ours.getFirst().fields()).as("a full Ethernet frame, and nothing of our memory behind the ARP")
                .containsEntry("length", "60").containsEntry("padding", "00".repeat(18));
        Lab.await("the neighbour's kernel took it", () -> flat.believed("neighbour", Flat.V4).equals(host2));
    }

    @Test
    void theControllerAnnouncesInTheNameOfTheServerAndSendsInItsOwn() {
        List<ArpFrame> fakes = fakeOnHost2();
        List<ArpFrame> ours = oursOnFailover(BOTH_FORMS, CONTROLLER);
        for (String operation : List.of(ArpFrame.REQUEST, ArpFrame.REPLY)) {
            assertThat(differences(operation, ours, fakes))
                    .as("the Ethernet source is of the machine that sends, or the switch learns that host2 is behind"
                            + " the controller's port and sends host2's traffic there; what the frame says is the same")
                    .isEqualTo(Map.of(ArpFrame.SOURCE, host2 + " -> " + ctl));
        }
        assertThat(kinds(capture.await(BURST, Flat.V4, host2, f -> true))).as("no frame but those two")
                .hasSize(BOTH_FORMS);
        Lab.await("the neighbour's kernel took it", () -> flat.believed("neighbour", Flat.V4).equals(host2));
    }

    /** When fake gives an address back it announces for another machine too, and keeps its own Ethernet source. */
    @Test
    void theControllerSendsTheVeryFramesOfFakeThatAnnouncesForAnother() {
        try (Capture beside = new Capture(lab, "neighbour", "arp")) {
            Fake.givesBack(lab, "ctl", Flat.V4, host2);
            List<ArpFrame> fakes = beside.await(BOTH_FORMS, Flat.V4, host2, f -> true);
            assertThat(kinds(fakes)).hasSize(BOTH_FORMS);
            assertThat(kinds(oursOnFailover(BOTH_FORMS, CONTROLLER))).isEqualTo(kinds(fakes));
        }
    }

    @Test
    void bothFormsComeAtOnceAndMoreOftenThanThoseOfFake() {
        List<ArpFrame> fakes = fakeOnHost2();
        List<ArpFrame> ours = oursOnFailover(BURST, "");
        assertThat(untilBothForms(fakes)).isGreaterThanOrEqualTo(FAKE_SPACING_MICROS);
        assertThat(untilBothForms(ours)).as("a stack that heeds only the other form need not wait for it")
                .isLessThan(untilBothForms(fakes));
        assertThat(untilRepeated(fakes)).isGreaterThanOrEqualTo(2 * FAKE_SPACING_MICROS);
        assertThat(untilRepeated(ours)).as("whoever missed a frame is told again sooner")
                .isLessThan(untilRepeated(fakes));
    }

    private static long untilBothForms(List<ArpFrame> frames) {
        return Math.abs(form(ArpFrame.REQUEST, frames).micros() - form(ArpFrame.REPLY, frames).micros());
    }

    /** From the first frame to the next of its form. */
    private static long untilRepeated(List<ArpFrame> frames) {
        ArpFrame first = frames.getFirst();
        return frames.stream().skip(1).filter(f -> f.operation().equals(first.operation())).findFirst().orElseThrow()
                .micros() - first.micros();
    }

    @Test
    void whoClaimsTheAddressIsAnsweredBeforeFakeWouldComeRoundAgain() {
        oursOnFailover(BURST, "");
        Lab.await("the burst is over", () -> capture.announcements(Flat.V4, host2).getLast().micros() / 1000
                + 500 < System.currentTimeMillis());
        String host3 = flat.hardware("host3");
        lab.in("host3", sendArp(host3, host3));
        long claimed = capture.await(1, Flat.V4, host3, f -> true).getFirst().micros();
        long answered = capture.await(1, Flat.V4, host2, f -> f.micros() > claimed).getFirst().micros();
        assertThat(answered - claimed).as("an answer is not bound to an interval, so the interval may be long")
                .isLessThan(FAKE_SPACING_MICROS);
        Lab.await("the neighbour is told right", () -> flat.believed("neighbour", Flat.V4).equals(host2));
    }

    @Test
    void anAddressOfIpv6IsAnnouncedWhichFakeCannot() {
        assertThat(lab.attempt("host2", sendArp(host2, host2).replace(Flat.V4, Flat.V6)).status()).isNotZero();
        oursOnFailover(BOTH_FORMS, CONTROLLER);
        ArpObservation claim = new ArpObservation(ArpObservation.Meaning.CLAIM, new HardwareAddress(host2),
                Address.parse(Flat.V6));
        String toAllByController = ("33:33:00:00:00:01" + ctl).replace(":", "");
        Lab.await("a neighbour advertisement for host2, to all, with the controller's own Ethernet source",
                () -> capture.frames().stream().anyMatch(f -> ArpObservation.in(f).contains(claim)
                        && HexFormat.of().formatHex(f, 0, 12).equals(toAllByController)));
    }

    @Test
    void theSwitchKnowsAllTheTimeWhereTheServerIsThatTheControllerSpeaksFor() {
        try (Switch lan = new Switch(lab)) {
            oursOnFailover(BOTH_FORMS, CONTROLLER);
            assertThat(lan.port(host2)).isEqualTo("host2");
            assertThat(lan.port(ctl)).isEqualTo("ctl");
            capture.await(BURST, Flat.V4, host2, f -> true);
            assertThat(lan.hasLookedFor(host2, "ctl")).as("nor was it otherwise for a moment").isFalse();
        }
    }

    /** The reason for the one difference. */
    @Test
    void aFrameWithTheServersEthernetSourceWouldTakeItsTrafficToTheController() {
        try (Switch lan = new Switch(lab); Capture beside = new Capture(lab, "neighbour", "arp")) {
            lab.in("neighbour", "ip neigh replace 192.168.1.3 lladdr " + host2 + " dev eth0 nud permanent");
            lab.in("neighbour", PING_HOST2);
            lab.in("ctl", sendArp(host2, ctl));
            beside.await(1, Flat.V4, host2, f -> f.source().equals(ctl));
            assertThat(lan.port(host2)).as("after a frame as ours are").isEqualTo("host2");
            assertThat(lan.hasLookedFor(host2, "ctl")).isFalse();
            Lab.await("host2 is not reached", () -> {
                lab.in("ctl", sendArp(host2, host2)); // again if host2 said something in between
                return lab.attempt("neighbour", PING_HOST2).status() != 0;
            });
            assertThat(lan.hasLookedFor(host2, "ctl")).isTrue();
            lab.in("host2", "ping -c 1 192.168.1.25");
            assertThat(lan.port(host2)).as("until it says something itself").isEqualTo("host2");
            lab.in("neighbour", PING_HOST2 + "; ip neigh del 192.168.1.3 dev eth0");
        }
    }

    /** The reference's own sender, with the Ethernet source as its last but two words. */
    private static String sendArp(String holder, String source) {
        return "send_arp " + Flat.V4 + " " + holder + " " + Flat.V4 + " 00:00:00:00:00:00 eth0 " + source
                + " ff:ff:ff:ff:ff:ff request";
    }
}
