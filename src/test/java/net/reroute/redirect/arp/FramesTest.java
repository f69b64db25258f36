package net.reroute.redirect.arp;

import static net.reroute.redirect.arp.Hex.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import org.junit.jupiter.api.Test;

/** Holds every frame, byte by byte, against the RFC that draws it. */
class FramesTest {

    private static final HardwareAddress SERVER = new HardwareAddress("52:54:00:aa:bb:01");
    private static final HardwareAddress CONTROLLER = new HardwareAddress("52:54:00:aa:bb:77");
    private static final Address V4 = Address.parse("192.168.77.50");
    private static final Address V6 = Address.parse("2001:db8:77::50");

    private static final String EIGHTEEN_ZEROES = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private static final String REQUEST = """
                                          ff ff ff ff ff ff  # to everybody
                                          52 54 00 aa bb 01  # from the server
                                          08 06              # ARP
                                          00 01              # hardware: Ethernet (RFC 826)
                                          08 00              # protocol: IPv4
                                          06 04              # lengths of their addresses
                                          00 01              # request
                                          52 54 00 aa bb 01  # sender
                                          c0 a8 4d 32        # sender's address 192.168.77.50
                                          00 00 00 00 00 00  # target not known (RFC 5227, 2.3)
                                          c0 a8 4d 32        # target's address, the same
                                          """ + EIGHTEEN_ZEROES;
    private static final String REPLY = """
                                        ff ff ff ff ff ff  # to everybody
                                        52 54 00 aa bb 01  # from the server
                                        08 06 00 01 08 00 06 04
                                        00 02              # reply
                                        52 54 00 aa bb 01  # sender
                                        c0 a8 4d 32        # sender's address
                                        52 54 00 aa bb 01  # target: the holder itself (RFC 5944, 4.6)
                                        c0 a8 4d 32        # target's address
                                        """ + EIGHTEEN_ZEROES;
    private static final String PROBE = """
                                        ff ff ff ff ff ff  # to everybody
                                        52 54 00 aa bb 01  # from the server
                                        08 06 00 01 08 00 06 04
                                        00 01              # request
                                        52 54 00 aa bb 01  # sender
                                        00 00 00 00        # claims nothing (RFC 5227, 2.1.1)
                                        00 00 00 00 00 00  # target not known
                                        c0 a8 4d 32        # target's address
                                        """ + EIGHTEEN_ZEROES;
    private static final String ADVERTISEMENT = """
                                                33 33 00 00 00 01  # to all nodes (RFC 2464, 7)
                                                52 54 00 aa bb 01  # from the server
                                                86 dd              # IPv6
                                                60 00 00 00        # version 6
                                                00 20              # 32 bytes follow
                                                3a                 # ICMPv6
                                                ff                 # hop limit 255: was not forwarded (RFC 4861, 7.1)
                                                20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50  # from 2001:db8:77::50
                                                ff 02 00 00 00 00 00 00 00 00 00 00 00 00 00 01  # to ff02::1
                                                88 00              # neighbour advertisement (RFC 4861, 4.4)
                                                eb 9f              # checksum
                                                20 00 00 00        # override; neither router nor solicited
                                                20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50  # target
                                                02 01              # option: target's link-layer address, 8 bytes
                                                52 54 00 aa bb 01
                                                """;
    private static final String DUPLICATE_PROBE = """
                                                  33 33 ff a1 b2 c3  # multicast of the group below
                                                  52 54 00 aa bb 01  # from the server
                                                  86 dd              # IPv6
                                                  60 00 00 00        # version 6
                                                  00 18              # 24 bytes follow: no options
                                                  3a ff              # ICMPv6, hop limit 255
                                                  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  # from nobody
                                                  ff 02 00 00 00 00 00 00 00 00 00 01 ff a1 b2 c3  # to its group
                                                  87 00              # neighbour solicitation (RFC 4861, 4.3)
                                                  e5 ae              # checksum
                                                  00 00 00 00        # reserved
                                                  20 01 0d b8 00 77 00 00 00 00 00 00 00 a1 b2 c3  # target
                                                  """;

    @Test
    void anAddressOfIpv4IsAnnouncedByRequestAndByReply() {
        assertThat(Frames.announcement(SERVER, SERVER, V4)).containsExactly(bytes(REQUEST), bytes(REPLY));
    }

    @Test
    void aProbeOfIpv4ClaimsNothing() {
        assertThat(Frames.probe(SERVER, V4)).isEqualTo(bytes(PROBE));
    }

    @Test
    void anAddressOfIpv6IsAnnouncedByOneAdvertisementThatOverrides() {
        assertThat(Frames.announcement(SERVER, SERVER, V6)).containsExactly(bytes(ADVERTISEMENT));
    }

    @Test
    void aProbeOfIpv6ComesFromNobodyAndGoesToTheGroupOfTheAddress() {
        assertThat(Frames.probe(SERVER, Address.parse("2001:db8:77::a1:b2c3"))).isEqualTo(bytes(DUPLICATE_PROBE));
    }

    @Test
    void aQuestionOfThisMachineNamesItself() {
        assertThat(Frames.question(CONTROLLER, Address.parse("192.168.77.30"), V4))
                .isEqualTo(bytes("""
                                 ff ff ff ff ff ff  # to everybody
                                 52 54 00 aa bb 77  # from the controller
                                 08 06 00 01 08 00 06 04
                                 00 01              # request
                                 52 54 00 aa bb 77  # sender
                                 c0 a8 4d 1e        # sender's address 192.168.77.30
                                 00 00 00 00 00 00  # target not known
                                 c0 a8 4d 32        # target's address
                                 """ + EIGHTEEN_ZEROES));
        assertThat(Frames.question(CONTROLLER, Address.parse("2001:db8:77::30"), V6))
                .startsWith(bytes("""
                                  33 33 ff 00 00 50  # multicast of the group below
                                  52 54 00 aa bb 77  # from the controller
                                  86 dd 60 00 00 00
                                  00 20              # 32 bytes follow
                                  3a ff              # ICMPv6, hop limit 255
                                  20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 30  # from 2001:db8:77::30
                                  ff 02 00 00 00 00 00 00 00 00 00 01 ff 00 00 50  # to its group
                                  87 00              # neighbour solicitation (RFC 4861, 4.3)
                                  """)).endsWith(bytes("""
                                                       20 01 0d b8 00 77 00 00 00 00 00 00 00 00 00 50  # target
                                                       01 01              # option: source's link-layer address, 8 bytes
                                                       52 54 00 aa bb 77
                                                       """));
    }

    @Test
    void framesOfArpAreAsLongAsEthernetWants() {
        assertThat(Frames.announcement(SERVER, SERVER, V4)).allSatisfy(f -> assertThat(f).hasSize(60));
        assertThat(Frames.probe(SERVER, V4)).hasSize(60);
    }

    @Test
    void theControllerSendsFromItsOwnPortWhatIsTrueOfTheServer() {
        assertThat(Frames.announcement(CONTROLLER, SERVER, V4)).containsExactly(fromController(REQUEST),
                fromController(REPLY));
        assertThat(Frames.announcement(CONTROLLER, SERVER, V6)).containsExactly(fromController(ADVERTISEMENT));
    }

    private static byte[] fromController(String frame) {
        return bytes(frame.replaceFirst("52 54 00 aa bb 01", "52 54 00 aa bb 77"));
    }

    @Test
    void checksumsOfIpv6AddUpForEveryAddress() {
        for (String text : new String[]{"::1", "fe80::1", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:77::50"}) {
            Address address = Address.parse(text);
            assertThat(sum(Frames.announcement(SERVER, SERVER, address).getFirst())).as(text).isEqualTo(0xffff);
            assertThat(sum(Frames.probe(SERVER, address))).as(text).isEqualTo(0xffff);
            assertThat(sum(Frames.question(SERVER, V6, address))).as(text).isEqualTo(0xffff);
        }
    }

    /** As a receiver checks it (RFC 1071): addresses, length, protocol and message, the checksum among them. */
    private static int sum(byte[] frame) {
        byte[] covered = Arrays.copyOfRange(frame, 22, frame.length);
        int sum = covered.length - 32 + 58;
        for (int i = 0; i < covered.length; i += 2) {
            sum += (covered[i] & 255) * 256 + (covered[i + 1] & 255);
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    @Test
    void aServerIsSentFramesAsHexadecimalDigits() {
        assertThat(Frames.hex(Frames.announcement(SERVER, SERVER, V6))).containsExactly("333300000001525400aabb0186dd"
                + "6000000000203aff20010db8007700000000000000000050ff020000000000000000000000000001"
                + "8800eb9f2000000020010db80077000000000000000000500201525400aabb01");
    }
}
