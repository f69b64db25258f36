package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packet meter running on the client. */
public final class Meter {

    private static final Pattern READING = Pattern.compile("sent (\\d+) lost (\\d+) gap ([\\d.]+)");

    /**
     * @param sent packets
     * @param lost of them never answered
     * @param gapMillis longest time in which no answer came
     */
    public record Reading(int sent, int lost, double gapMillis) {}

    private static final int PATIENCE_SECONDS = 240;

    private final Process process;

    public Meter(Lab lab, String address, int perSecond, int most) {
        this(lab, "client", address, perSecond, most);
    }

    /** @param machine that asks */
    public Meter(Lab lab, String machine, String address, int perSecond, int most) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", lab.space(machine)));
        command.addAll(Lab.java(PacketMeter.class, address, Integer.toString(perSecond), Integer.toString(most)));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (process.getInputStream().read() != '.') {
                throw new IllegalStateException("the meter did not start");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it run so long. */
    public void running(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    /** Waits until all packets are sent. */
    public Reading read() {
        String text = Shellout.ended(process, PATIENCE_SECONDS, "the meter").text();
        Matcher match = READING.matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("no reading: " + text);
        }
        return new Reading(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)),
                Double.parseDouble(match.group(3)));
    }

    /** Lets it send a little longer, then ends it. */
    public Reading stop() {
        running(300);
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read();
    }
}
