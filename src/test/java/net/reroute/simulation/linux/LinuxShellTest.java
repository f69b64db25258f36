package net.reroute.simulation.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinuxShellTest {

    private static final String PROMPT = "root@gw1:~# ";

    private final LinuxBench bench = new LinuxBench();

    /** Recorded from dash 0.5.12, called sh. */
    @Test
    void answersAsRealShDid() {
        LinuxRecording.assertSaidAgain("shell");
    }

    @Test
    void aScriptComesOnTheStandardInput() {
        LinuxBench.Answer answer = bench.run("LC_ALL=C exec sh",
                "{ :\nip -4 -j route show exact 10.0.0.0/24\nfalse\n} </dev/null; printf '\\n%s %d\\n' end1 $?;"
                        + " printf '\\n%s 0\\n' end1 >&2\n");
        assertThat(answer.out()).startsWith("[{\"dst\":\"10.0.0.0/24\"").endsWith("]\n\nend1 1\n");
        assertThat(answer.err()).isEqualTo("\nend1 0\n");
    }

    /** Each read asks for no more than one byte, so this shows that nothing is read before what precedes it has run. */
    @Test
    void eachCommandRunsAsSoonAsItIsComplete() {
        Watched in = new Watched("ip route add 10.9.0.0/16 via 10.0.0.5\nip route add 10.8.0.0/16 via 10.0.0.5\n");
        bench.run(Optional.of("exec sh"), in, 0);
        assertThat(in.seen).containsExactly("0 at line 0", "1 at line 1", "2 at line 2");
    }

    /** Notes how many commands had run whenever a line is asked for. */
    private final class Watched extends InputStream {

        private final byte[] text;
        private final List<String> seen = new java.util.ArrayList<>();
        private int at;
        private int line;

        Watched(String text) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() throws IOException {
            if (at == 0 || at == text.length || text[at - 1] == '\n') {
                seen.add(bench.typed.size() + " at line " + line++);
            }
            return at == text.length ? -1 : text[at++];
        }
    }

    @Test
    void aCommandReadsWhatFollowsItOnTheStandardInput() {
        assertThat(bench.run("exec sh", "ip -batch -\nroute add 10.9.0.0/16 via 10.0.0.5\n").err()).isEmpty();
        assertThat(bench.typed).containsExactly("ip route add 10.9.0.0/16 via 10.0.0.5");
    }

    @Test
    void heredocsAreExpandedUnlessTheirEndIsQuoted() {
        assertThat(bench.run("x=5\ncat <<'END'\n$x\nEND\ncat <<END\n$x \\$x\nEND\n").out())
                .isEqualTo("$x\n5 $x\n");
    }

    @Test
    void whatIsTypedAtATerminalIsEchoedAfterAPrompt() {
        assertThat(bench.type("hostname\rexit 3\n")).isEqualTo(
                banner() + PROMPT + "hostname\r\ngw1\r\n" + PROMPT + "exit 3\r\nlogout\r\n");
    }

    @Test
    void backspaceTakesACharacterAway() {
        assertThat(bench.type("echo ab\u007fc\r")).contains("echo ab\b \bc\r\nac\r\n");
    }

    @Test
    void controlCDropsTheLineAndControlDLogsOut() {
        assertThat(bench.type("echo a\u0003echo $?\r\u0004echo never\r")).isEqualTo(banner() + PROMPT + "echo a^C\r\n"
                + PROMPT + "echo $?\r\n130\r\n" + PROMPT + "logout\r\n");
    }

    @Test
    void controlCEndsWhatRuns() {
        assertThat(bench.type("sleep 50\r\u0003")).contains("sleep 50\r\n^C\r\n" + PROMPT);
    }

    @Test
    void anIncompleteCommandAsksForMore() {
        assertThat(bench.type("echo 'a\rb'\r")).contains("echo 'a\r\n> b'\r\na\r\nb\r\n");
    }

    @Test
    void aCommandThatIsNotThereIsNotFound() {
        assertThat(bench.type("xyz\r")).contains("-bash: xyz: command not found\r\n");
    }

    @Test
    void rootMayDoWhatSudoDoes() {
        LinuxBench.Answer answer = bench.run("sudo -n ip -br link show lo; sudo -n xyz");
        assertThat(answer.out())
                .isEqualTo("lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> \n");
        assertThat(answer.err()).isEqualTo("sudo: xyz: command not found\n");
        assertThat(answer.status()).isEqualTo(1);
    }

    @Test
    void itForwards() {
        assertThat(bench.run("sysctl -n net.ipv4.ip_forward; cat /proc/sys/net/ipv6/conf/all/forwarding").out())
                .isEqualTo("1\n1\n");
    }

    @Test
    void pingIsAnsweredWhereThereIsARoute() {
        assertThat(bench.run("ping -c1 10.0.0.5").out()).contains("1 packets transmitted, 1 received, 0% packet loss");
        assertThat(bench.run("ping -c 1 172.16.0.1").err()).isEqualTo("ping: connect: Network is unreachable\n");
    }

    private static String banner() {
        return "Linux gw1 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01) x86_64\r\n";
    }
}
