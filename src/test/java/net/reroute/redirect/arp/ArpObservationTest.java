package net.reroute.redirect.arp;

import static net.reroute.redirect.arp.Hex.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.redirect.arp.ArpObservation.Meaning;
import org.junit.jupiter.api.Test;

/** Reads what may be on a wire, and never stumbles over it. */
class ArpObservationTest {

    private static final HardwareAddress SERVER = new HardwareAddress("52:54:00:aa:bb:01");
    private static final HardwareAddress CONTROLLER = new HardwareAddress("52:54:00:aa:bb:77");
    private static final HardwareAddress CLIENT = new HardwareAddress("52:54:00:aa:bb:99");
    private static final Address V4 = Address.parse("192.168.77.50");
    private static final Address V4_CLIENT = Address.parse("192.168.77.99");
    private static final Address V6 = Address.parse("2001:db8:77::50");
    private static final Address V6_CLIENT = Address.parse("2001:db8:77::99");

    private static final String WHO_HAS = """
                                          ff ff ff ff ff ff  52 54 00 aa bb 99  08 06
                                          00 01 08 00 06 04 00 01            # request
                                          52 54 00 aa bb 99  c0 a8 4d 63     # the client, 192.168.77.99
                                          00 00 00 00 00 00  c0 a8 4d 32     # asks for 192.168.77.50
                                          """;
    private static final String IS_AT = """
                                        52 54 00 aa bb 99  52 54 00 aa bb 01  08 06
                                        00 01 08 00 06 04 00 02            # reply
                                        52 54 00 aa bb 01  c0 a8 4d 32     # 192.168.77.50 is here
                                        52 54 00 aa bb 99  c0 a8 4d 63     # the client is told
                                        """;
    private static final String SOLICITATION = """
                                               33 33 ff 00 00 50  52 54 00 aa bb 99  86 dd
                                               60 00 00 00  00 20 3a ff
                                               20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 99  # from the client
                                               ff 02 00 00 00 00 00 00 00 00 00 01 ff 00 00 50
                                               87 00  0d 6e  00 00 00 00                        # solicitation
                                               20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50  # asks for ...::50
                                               01 01  52 54 00 aa bb 99                         # source's hardware
                                               """;
    private static final String ADVERTISEMENT = """
                                                52 54 00 aa bb 99  52 54 00 aa bb 01  86 dd
                                                60 00 00 00  00 18 3a ff
                                                20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50
                                                20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 99
                                                88 00  8b e3  60 00 00 00                        # no option
                                                20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50
                                                """;

    private static ArpObservation ask(HardwareAddress from, Address address) {
        return new ArpObservation(Meaning.ASK, from, address);
    }

    private static ArpObservation claim(HardwareAddress from, Address address) {
        return new ArpObservation(Meaning.CLAIM, from, address);
    }

    @Test
    void ourOwnAnnouncementsAreClaimsOfTheHolderWhoeverSendsThem() {
        for (Address address : List.of(V4, V6)) {
            assertThat(Frames.announcement(SERVER, SERVER, address))
                    .allSatisfy(f -> assertThat(ArpObservation.in(f)).containsExactly(claim(SERVER, address)));
            assertThat(Frames.announcement(CONTROLLER, SERVER, address))
                    .allSatisfy(f -> assertThat(ArpObservation.in(f)).containsExactly(claim(SERVER, address)));
        }
    }

    @Test
    void aProbeAsksAndClaimsNothing() {
        assertThat(ArpObservation.in(Frames.probe(SERVER, V4))).containsExactly(ask(SERVER, V4));
        assertThat(ArpObservation.in(Frames.probe(SERVER, V6))).containsExactly(ask(SERVER, V6));
    }

    @Test
    void aClientThatAsksAlsoClaimsItsOwnAddress() {
        assertThat(ArpObservation.in(bytes(WHO_HAS))).containsExactly(claim(CLIENT, V4_CLIENT), ask(CLIENT, V4));
        assertThat(ArpObservation.in(bytes(SOLICITATION))).containsExactly(claim(CLIENT, V6_CLIENT), ask(CLIENT, V6));
    }

    @Test
    void anAnswerToOneClientIsAClaim() {
        assertThat(ArpObservation.in(bytes(IS_AT))).containsExactly(claim(SERVER, V4));
    }

    @Test
    void anAdvertisementWithoutOptionIsAClaimOfItsSender() {
        assertThat(ArpObservation.in(bytes(ADVERTISEMENT))).containsExactly(claim(SERVER, V6));
    }

    @Test
    void anotherOptionOfAnAdvertisementIsNotTakenForItsHardwareAddress() {
        byte[] frame = Frames.announcement(CONTROLLER, SERVER, V6).getFirst();
        frame[78] = 1; // the source's link-layer address, which an advertisement does not carry
        assertThat(ArpObservation.in(frame)).containsExactly(claim(CONTROLLER, V6));
    }

    @Test
    void neighbourDiscoveryThatWasForwardedIsNotHeardAsNobodyHeedsIt() {
        for (String text : List.of(SOLICITATION, ADVERTISEMENT)) {
            byte[] frame = bytes(text);
            frame[21] = (byte) 254; // hop limit (RFC 4861, 7.1)
            assertThat(ArpObservation.in(frame)).isEmpty();
        }
    }

    @Test
    void allElseOnTheWireSaysNothing() {
        for (String type : List.of("08 00", "88 a8", "81 00", "00 26")) {
            assertThat(ArpObservation.in(bytes(WHO_HAS.replace("08 06", type)))).as(type).isEmpty();
        }
        assertThat(ArpObservation.in(bytes(SOLICITATION.replace("00 20 3a", "00 20 11")))).as("UDP").isEmpty();
        assertThat(ArpObservation.in(bytes(SOLICITATION.replace("87 00", "80 00")))).as("ping").isEmpty();
        assertThat(ArpObservation.in(bytes(SOLICITATION.replace("87 00", "86 00")))).as("router").isEmpty();
    }

    @Test
    void arpOfOtherHardwareOrProtocolsSaysNothing() {
        for (String header : List.of("00 06 08 00 06 04", "00 01 86 dd 06 04", "00 01 08 00 08 04",
                "00 01 08 00 06 10")) {
            assertThat(ArpObservation.in(bytes(WHO_HAS.replace("00 01 08 00 06 04", header)))).as(header).isEmpty();
        }
    }

    @Test
    void framesCutShortSayNothingUntilAllThatIsReadIsThere() {
        for (String text : List.of(WHO_HAS, IS_AT, ADVERTISEMENT)) {
            byte[] whole = bytes(text);
            for (int length = 0; length < whole.length; length++) {
                assertThat(ArpObservation.in(Arrays.copyOf(whole, length))).as("%d bytes", length).isEmpty();
            }
        }
        byte[] solicitation = bytes(SOLICITATION);
        for (int length = 0; length <= solicitation.length; length++) {
            assertThat(ArpObservation.in(Arrays.copyOf(solicitation, length))).as("%d bytes", length)
                    .hasSize(length < 78 ? 0 : 2); // its option is not read
        }
    }

    @Test
    void anAdvertisementWhoseOptionIsCutIsAClaimOfItsSender() {
        byte[] whole = Frames.announcement(CONTROLLER, SERVER, V6).getFirst();
        for (int length = 0; length < whole.length; length++) {
            List<ArpObservation> heard = length < 78 ? List.of() : List.of(claim(CONTROLLER, V6));
            assertThat(ArpObservation.in(Arrays.copyOf(whole, length))).as("%d bytes", length).isEqualTo(heard);
        }
    }

    @Test
    void garbageIsRead() {
        Random random = new Random(826);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = new byte[random.nextInt(120)];
            random.nextBytes(frame);
            if (frame.length >= 14) {
                frame[12] = (byte) (i % 2 == 0 ? 0x08 : 0x86);
                frame[13] = (byte) (i % 2 == 0 ? 0x06 : 0xdd);
            }
            assertThat(ArpObservation.in(frame)).as("%s", Arrays.toString(frame)).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void framesWithOneByteWrongAreRead() {
        Random random = new Random(4861);
        for (String text : List.of(WHO_HAS, IS_AT, SOLICITATION, ADVERTISEMENT)) {
            for (int i = 0; i < bytes(text).length; i++) {
                byte[] frame = bytes(text);
                frame[i] = (byte) random.nextInt();
                assertThat(ArpObservation.in(frame)).as("byte %d", i).hasSizeLessThanOrEqualTo(2);
            }
        }
    }
}
