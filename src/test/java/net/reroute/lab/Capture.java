package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Frames that a machine of the lab hears: tcpdump writes them, this reads them while it writes. */
final class Capture implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    private final Process tcpdump;
    private final Path file;
    private final Path log;

    /** Returns when it hears. */
    Capture(Lab lab, String machine, String filter) {
        int number = COUNT.incrementAndGet();
        file = lab.folder().resolve("capture-" + number + ".pcap");
        log = lab.folder().resolve("capture-" + number + ".log");
        // -Z: it would become a user who may not write there. Immediate, or frames wait in the kernel for company.
        tcpdump = lab.start(machine, log, List.of("tcpdump", "-n", "-i", "eth0", "-Z", "root", "--immediate-mode", "-U",
                "-Q", "in", "-w", file.toString(), filter));
        Lab.await("tcpdump hears on " + machine, () -> text().contains("listening on"), this::text);
    }

    private String text() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** ARP frames so far. */
    List<ArpFrame> arp() {
        List<ArpFrame> frames = new ArrayList<>();
        each((micros, frame) -> {
            if (ArpFrame.is(frame)) {
                frames.add(ArpFrame.read(micros, frame));
            }
        });
        return frames;
    }

    /** ARP frames so far by which an address is announced at a hardware address. */
    List<ArpFrame> announcements(String address, String hardware) {
        return arp().stream().filter(f -> f.announces(address, hardware)).toList();
    }

    /** Frames so far, whatever they are. */
    List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        each((micros, frame) -> frames.add(frame));
        return frames;
    }

    private interface ForFrame {
        void run(long micros, byte[] frame);
    }

    /** The last record may not be whole yet. */
    private void each(ForFrame what) {
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            if (all.remaining() < FILE_HEADER) {
                return;
            }
            if (all.getInt(0) != 0xa1b2c3d4) {
                throw new AssertionError("not a capture in microseconds: " + file);
            }
            all.position(FILE_HEADER);
            while (all.remaining() >= RECORD_HEADER) {
                long micros = all.getInt() * 1_000_000L + all.getInt();
                byte[] frame = new byte[all.getInt()];
                all.getInt(); // its length before it was cut, and nothing is cut
                if (all.remaining() < frame.length) {
                    return;
                }
                all.get(frame);
                what.run(micros, frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until so many ARP frames of a kind were heard, and returns all of that kind. */
    List<ArpFrame> await(int number, String address, String hardware, Predicate<ArpFrame> kind) {
        Lab.await(number + " announcements of " + address + " at " + hardware,
                () -> announcements(address, hardware).stream().filter(kind).count() >= number,
                () -> arp().toString());
        return announcements(address, hardware).stream().filter(kind).toList();
    }

    @Override
    public void close() {
        tcpdump.destroy();
        Lab.await("tcpdump has ended", () -> !tcpdump.isAlive());
    }
}
