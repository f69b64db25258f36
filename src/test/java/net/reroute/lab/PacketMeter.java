package net.reroute.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends numbered packets at a steady rate to an echo and counts what comes back: sent, lost, and the longest time in which
 * nothing came. Arguments: address, packets a second, packets in all. Ends early when its standard input does.
 */
public final class PacketMeter {

    private static final int LAST_REPLIES_MILLIS = 500;

    private final DatagramSocket socket = new DatagramSocket();
    private final long[] arrived;
    private volatile int sent;
    private volatile boolean stop;

    private PacketMeter(int most) throws IOException {
        arrived = new long[most];
        socket.setReceiveBufferSize(8 << 20);
        socket.setSoTimeout(LAST_REPLIES_MILLIS);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        PacketMeter meter = new PacketMeter(Integer.parseInt(args[2]));
        InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(args[0]), LabServer.ECHO_PORT);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // anything typed is ignored
                }
                meter.stop = true;
            } catch (IOException e) {
                meter.stop = true;
            }
        });
        Thread receiver = Thread.ofPlatform().start(meter::receive);
        System.out.print('.');
        System.out.flush();
        meter.send(to, Integer.parseInt(args[1]));
        receiver.join();
        meter.report();
    }

    /** Whatever is due goes out, then a short sleep: a sleep of exactly one interval would drift. */
    private void send(InetSocketAddress to, int perSecond) throws IOException {
        long began = System.nanoTime();
        ByteBuffer number = ByteBuffer.allocate(16);
        DatagramPacket packet = new DatagramPacket(number.array(), 16, to);
        while (!stop && sent < arrived.length) {
            long due = (System.nanoTime() - began) * perSecond / 1_000_000_000L + 1;
            while (sent < due && sent < arrived.length) {
                number.putInt(0, sent);
                socket.send(packet);
                sent++;
            }
            LockSupport.parkNanos(50_000);
        }
        stop = true;
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        try {
            while (true) {
                try {
                    socket.receive(packet);
                    int number = ByteBuffer.wrap(packet.getData()).getInt(0);
                    arrived[number] = System.nanoTime();
                } catch (SocketTimeoutException e) {
                    if (stop) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void report() {
        long[] times = Arrays.stream(arrived, 0, sent).filter(t -> t != 0).sorted().toArray();
        long longest = 0;
        for (int i = 1; i < times.length; i++) {
            longest = Math.max(longest, times[i] - times[i - 1]);
        }
        System.out.println("sent " + sent + " lost " + (sent - times.length) + " gap " + longest / 100_000 / 10.0);
    }
}
