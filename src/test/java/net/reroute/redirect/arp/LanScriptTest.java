package net.reroute.redirect.arp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.redirect.arp.LanScript.SendTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the scripts a server is sent, and runs them here, with programs that only note what they are told. */
class LanScriptTest {

    private static final Address V4 = Address.parse("192.168.77.50");
    private static final Address V6 = Address.parse("2001:db8:77::50");
    private static final String SYSTEM = ":/usr/bin:/bin";

    @TempDir
    Path programs;

    private final LanScript script = script(false);

    private record Ran(int status, String out, String err) {}

    private static LanScript script(boolean sudo) {
        return new LanScript(new Login("192.168.77.11", 22, "root", Optional.empty(), true, Optional.empty(),
                Path.of("known_hosts"), Optional.empty(), sudo, false));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** As in the shell that is kept open on a server. */
    private Ran run(String text, String alsoFrom) throws Exception {
        ProcessBuilder sh = new ProcessBuilder("/bin/sh", "-c", "{ :\n" + text + "\n} </dev/null; echo ended $?");
        sh.environment().put("PATH", programs + alsoFrom);
        sh.directory(programs.toFile());
        Path complaints = programs.resolve("complaints");
        Process process = sh.redirectError(complaints.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        assertThat(out).as(Files.readString(complaints)).containsPattern("ended \\d+\n$");
        int end = out.lastIndexOf("ended ");
        return new Ran(Integer.parseInt(out.substring(end + 6).strip()), out.substring(0, end),
                Files.readString(complaints));
    }

    @Test
    void anAddressOfIpv4IsLabelledSoThatPeopleSeeWhoseItIs() {
        assertThat(script.add(V4, "eth0", "")).isEqualTo("ip addr add 192.168.77.50/32 dev eth0 label eth0:rr");
    }

    @Test
    void aLabelTheKernelWouldRefuseIsLeftOut() {
        assertThat(script.add(V4, "enp193s0f1np", "")).endsWith(" dev enp193s0f1np label enp193s0f1np:rr");
        assertThat(script.add(V4, "enp193s0f1np1", "")).isEqualTo("ip addr add 192.168.77.50/32 dev enp193s0f1np1");
    }

    @Test
    void anAddressOfIpv6HasNoLabelsAndWaitsForNobody() {
        assertThat(script.add(V6, "eth0", "")).isEqualTo("ip addr add 2001:db8:77::50/128 dev eth0 nodad");
    }

    @Test
    void whatIsRememberedIsOnlyTypedIfItCameFromAServer() {
        for (String forged : List.of("192.168.77.50/24 dev eth0\nEOF\ntouch /tmp/x", "192.168.77.50/24 dev eth0; id",
                "192.168.77.51/24 dev eth0", "192.168.77.50/24 dev eth0 peer 10.0.0.1", "x")) {
            assertThat(script.add(V4, "eth0", forged)).isEqualTo("ip addr add 192.168.77.50/32 dev eth0 label eth0:rr");
        }
        String whole = "192.168.77.50/24 brd 192.168.77.255 dev eth0 scope global label eth0 noprefixroute metric 100"
                + " preferred_lft 0";
        assertThat(script.add(V4, "eth0", whole)).isEqualTo("ip addr add " + whole);
    }

    @Test
    void anAddressThatWasThereBeforeComesBackAsItWas() {
        assertThat(script.add(V4, "eth0", "192.168.77.50/24 brd 192.168.77.255 dev bond0 label bond0:web"))
                .isEqualTo("ip addr add 192.168.77.50/24 brd 192.168.77.255 dev bond0 label bond0:web");
        assertThat(script.add(V6, "eth0", "2001:db8:77::50/64 dev eth0 noprefixroute"))
                .isEqualTo("ip addr add 2001:db8:77::50/64 dev eth0 noprefixroute nodad");
    }

    @Test
    void anAddressIsTakenOffWithTheLengthItHas() {
        assertThat(script.delete(new Interface.AssignedAddress(V4, 24, false, List.of()), "eth0"))
                .isEqualTo("ip addr del 192.168.77.50/24 dev eth0");
    }

    @Test
    void anAdminsCommandStaysDataWhateverIsInIt() throws Exception {
        List<String> words = List.of("note", "it's", "\"two words\"", "$(touch harm)", "`touch harm`", "a\nb", "", "*",
                "~", "; touch harm", "$HOME", "\\", "-n", "'");
        program("note", "for w; do printf '<%s>' \"$w\"; done");
        Ran ran = run(script.command(words), SYSTEM);
        assertThat(ran.out()).isEqualTo("<" + String.join("><", words.subList(1, words.size())) + ">");
        assertThat(programs.resolve("harm")).doesNotExist();
    }

    @Test
    void aProgramOfTheAdminWithABlankInItsNameIsOneWord() throws Exception {
        program("my hook", "echo ran \"$1\"");
        assertThat(run(script.command(List.of("my hook", "x")), SYSTEM).out()).isEqualTo("ran x\n");
    }

    @Test
    void arpingCannotDoIpv6AndSaysSo() throws Exception {
        assertThat(run(script.arping(SendTool.ARPING, "eth0", V6), SYSTEM)).isEqualTo(
                new Ran(1, "", "arping knows no IPv6, and there is neither perl nor python3\n"));
    }

    @Test
    void aServerWithoutAnythingToSendWithSaysSo() throws Exception {
        assertThat(run(script.arping(SendTool.NOTHING, "eth0", V4), SYSTEM)).isEqualTo(
                new Ran(1, "", "has neither perl, python3 nor arping\n"));
    }

    @Test
    void arpingAnnouncesByRequestAndByReplyAndNobodyWaitsForIt() {
        assertThat(script.arping(SendTool.ARPING, "eth0", V4)).isEqualTo(
                "{ arping -q -c 1 -I eth0 -U 192.168.77.50 >/dev/null 2>&1 &"
                        + " arping -q -c 1 -I eth0 -A 192.168.77.50 >/dev/null 2>&1 & }");
    }

    @Test
    void theProgramThatIsKeptRunningIsOneWordAndReplacesTheShell() throws Exception {
        program("perl", "shift; printf '<%s>' \"$@\"");
        program("python3", "shift; printf '<%s>' \"$@\"");
        for (SendTool sender : List.of(SendTool.PERL, SendTool.PYTHON3)) {
            assertThat(run("(" + script.wire(sender, "print 'a' # $HOME\n`touch harm`") + ")", SYSTEM).out())
                    .isEqualTo("<print 'a' # $HOME\n`touch harm`>");
        }
        assertThat(programs.resolve("harm")).doesNotExist();
    }

    @Test
    void theFirstAnswerNamesTheBestThereIsToSendWith() throws Exception {
        program("ip", "echo '[]'");
        assertThat(sender()).isEqualTo(SendTool.NOTHING);
        program("arping", "");
        assertThat(sender()).isEqualTo(SendTool.ARPING);
        program("python3", "");
        assertThat(sender()).isEqualTo(SendTool.PYTHON3);
        program("perl", "exit 2");
        assertThat(sender()).isEqualTo(SendTool.PYTHON3);
        program("perl", "");
        assertThat(sender()).isEqualTo(SendTool.PERL);
    }

    private SendTool sender() throws Exception {
        Ran ran = run(script.hello(), "");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("[]\n");
        return LanScript.tool(ran.out().substring(ran.out().indexOf(LanScript.NEXT) + LanScript.NEXT.length()));
    }

    @Test
    void whereIpIsRefusedTheShellStaysOpenToTellWhy() throws Exception {
        program("sudo", "echo 'sudo: a password is required' >&2; exit 1");
        assertThat(run(script(true).hello(), "")).isEqualTo(new Ran(1, "", "sudo: a password is required\n"));
    }

    @Test
    void whetherAnAddressIsStillThereIsAskedOfTheServer() throws Exception {
        program("ip", "test \"$*\" = '-o addr show dev eth0 to 192.168.77.50' && test -e held && echo there");
        assertThat(run(script.isHeld(V4, "eth0"), SYSTEM).status()).isNotZero();
        Files.createFile(programs.resolve("held"));
        assertThat(run(script.isHeld(V4, "eth0"), SYSTEM).status()).isZero();
    }

    @Test
    void whatRestoresAnInterfaceIsArmedBeforeItGoesDown() {
        String text = script.downFor("eth0", new Interface.AssignedAddress(V4, 32, false, List.of()), 300);
        assertThat(text).containsSubsequence("rr_routes=$(", "rr_addresses=$(", "export rr_routes rr_addresses",
                "setsid sh -c '", "ip link set eth0 down", "sleep 300", "ip addr del 192.168.77.50/32 dev eth0",
                "ip link set eth0 up", "' </dev/null >/dev/null 2>&1 &");
        assertThat(text.substring(0, text.indexOf("setsid"))).doesNotContain("link set", "addr del");
    }

    @Test
    void anInterfaceComesUpAgainWithItsRoutesAndWithoutTheAddress() throws Exception {
        program("setsid", "exec \"$@\"");
        program("sleep", "test $1 = 1 || echo \"sleep $1\" >>noted");
        program("ip", """
                      case "$*" in
                      '-4 route show dev eth0') echo '192.168.77.0/24 proto kernel scope link src 192.168.77.11'
                          echo 'default via 192.168.77.1';;
                      '-6 route show dev eth0') echo 'default via 2001:db8:77::1 metric 1024';;
                      *'scope global') echo '2: eth0    inet6 2001:db8:77::11/64 scope global nodad'
                          echo '2: eth0    inet6 2001:db8:77::50/128 scope global nodad';;
                      *-batch*) sed 's/^/batch: /' >>noted;;
                      *) echo "$@" >>noted;;
                      esac""");
        run(script.downFor("eth0", new Interface.AssignedAddress(V6, 128, false, List.of()), 300) + "\nwait", SYSTEM);
        assertThat(programs.resolve("noted"))
                .hasContent("""
                            sleep 0.1
                            link set eth0 down
                            sleep 300
                            addr del 2001:db8:77::50/128 dev eth0
                            link set eth0 up
                            batch: addr add 2001:db8:77::11/64 dev eth0 nodad
                            batch: route add default via 192.168.77.1 dev eth0
                            batch: route add default via 2001:db8:77::1 metric 1024 dev eth0
                            """);
    }

    @Test
    void whatNeedsPrivilegesGoesThroughSudoAndNeverAsksForAPassword() {
        LanScript sudo = script(true);
        assertThat(sudo.show()).isEqualTo("sudo -n ip -j addr show");
        assertThat(sudo.sudo("ip addr del x")).isEqualTo("sudo -n ip addr del x");
        for (SendTool sender : List.of(SendTool.PERL, SendTool.PYTHON3)) {
            assertThat(sudo.wire(sender, "x")).startsWith("LC_ALL=C exec sudo -n p");
        }
        assertThat(sudo.arping(SendTool.ARPING, "eth0", V4)).doesNotContainPattern("(?<!sudo -n )arping");
        assertThat(sudo.downFor("eth0", new Interface.AssignedAddress(V4, 32, false, List.of()), 300))
                .doesNotContainPattern("(?<!sudo -n )ip (link set|addr del|-force)");
    }
}
