package net.reroute.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Inventory;
import net.reroute.core.ProgramRemarks.NotTold;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.journal.Journal;
import net.reroute.journal.PendingRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limits of docs/security.md fit into the daemon's heap together. */
@Timeout(180)
class MemoryTest {

    private static final int LARGEST = 12 << 20;
    private static final int STREAMS = 12;
    private static final int ROWS = 100_000;
    private static final int TOO_LITTLE = 3;

    @TempDir
    Path folder;

    /** What a process with the daemon's own options does; its exit status tells. */
    public static void main(String[] args) throws IOException, BadInventoryException {
        Path home = Path.of(args[0]);
        Journal journal = Journal.open(home.resolve("state"));
        for (int i = 0; i < ROWS; i++) {
            journal.later(List.of(PendingRow.now(new NotTold("www-" + i, "host1 -> host2: " + "x".repeat(200)))));
        }
        Inventory inForce = InventoryReader.read(home);
        List<Tail> tails = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            tails.add(Tail.of(endless()));
        }
        long refused = tails.stream().filter(MemoryTest::endsByItself).count();
        Inventory next = InventoryReader.read(home);
        boolean whole = next.services().size() == inForce.services().size() && refused == STREAMS;
        System.exit(whole ? 0 : TOO_LITTLE);
    }

    private static boolean endsByItself(Tail tail) {
        try (Deadline deadline = Deadline.closes(() -> {
        }, Duration.ofSeconds(60))) {
            tail.await("mark", deadline);
            return false;
        } catch (IOException e) {
            return e.getMessage().contains("without end");
        }
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                Arrays.fill(into, from, from + length, (byte) 'x');
                return length;
            }
        };
    }

    private void largestInventory() throws IOException {
        StringBuilder text = new StringBuilder("""
                                               routers:
                                                 gw1: {dialect: linux, address: 192.168.1.1, user: root, agent: true}
                                               servers:
                                                 host1: {address: 192.168.1.2}
                                                 host2: {address: 192.168.1.3}
                                               checks:
                                                 up: {icmp: "{server}"}
                                               services:
                                               """);
        for (int i = 0; text.length() < LARGEST - 200; i++) {
            text.append("  service-with-a-name-").append(i).append(": {prefix: 10.").append(i >> 16).append('.')
                    .append(i >> 8 & 255).append('.').append(i & 255)
                    .append("/32, servers: [host1, host2], checks: [up], soak: 300ms}\n");
        }
        Files.createDirectories(folder.resolve("inventory"));
        Files.writeString(folder.resolve("inventory/all.yaml"), text);
    }

    private static List<String> options() throws IOException {
        Matcher daemon = Pattern.compile("exec \"\\$java\" (-XX:-UsePerfData .*?) \\$\\{REROUTE")
                .matcher(Files.readString(Path.of("bin/reroute")));
        assertThat(daemon.find()).isTrue();
        return List.of(daemon.group(1).split(" "));
    }

    @Test
    void allLimitsTogetherFitIntoTheDaemonsHeap() throws IOException, InterruptedException {
        largestInventory();
        assertThat(options()).contains("-XX:+ExitOnOutOfMemoryError");
        Process process = new ProcessBuilder(Stream
                .of(List.of(System.getProperty("java.home") + "/bin/java"), options(),
                        List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                                MemoryTest.class.getName(), folder.toString()))
                .flatMap(List::stream).toList()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
