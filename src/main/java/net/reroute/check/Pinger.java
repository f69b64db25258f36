package net.reroute.check;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import net.reroute.check.Libc.ErrnoException;
import net.reroute.core.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends echo requests for all checks over one socket per address family, and hands out the replies. Uses an ICMP
 * datagram socket where net.ipv4.ping_group_range allows it, else a raw socket. Receiving blocks, so each socket has a
 * platform thread. Thread-safe.
 */
public final class Pinger implements AutoCloseable {

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REPLY = 0;
    private static final int ECHO6_REQUEST = 128;
    private static final int ECHO6_REPLY = 129;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int ICMP6_FILTER = 1;
    private static final int RECEIVE_BYTES = 4 << 20;
    private static final int LENGTH = 8 + 8 + 16;
    private static final Logger LOG = LoggerFactory.getLogger(Pinger.class);
    private static final int WAKE_MILLIS = 250;
    private static final long SENDING_NANOS = 500_000_000L;
    private static final long AFTER_ERROR_NANOS = 1_000_000L;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /**
     * A request that was sent.
     *
     * @param token random number in the request and its reply
     * @param answered completes when the reply arrives; fails if the socket breaks
     */
    record Echo(long token, CompletableFuture<Void> answered) {}

    private record Channel(int fd, boolean v6, boolean raw) {}

    private final Map<Long, Echo> waiting = new ConcurrentHashMap<>();
    // Random, so that only a machine that has seen the request can forge a reply.
    private final SecureRandom tokens = new SecureRandom();
    private final AtomicLong sequence = new AtomicLong();
    private final short id = (short) tokens.nextInt();
    private final Channel v4;
    private final Channel v6;
    private volatile boolean closed;

    private Pinger(Channel v4, Channel v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /**
     * Opens the sockets. A machine without IPv6 gets the IPv4 socket only.
     *
     * @throws IOException if neither kind of socket is allowed; the message says what to do
     */
    public static Pinger open() throws IOException {
        Channel v4 = channel(false);
        Channel v6 = null;
        try {
            v6 = channel(true);
        } catch (IOException e) {
            v6 = null; // no IPv6 on this machine; a ping to an IPv6 address reports it
        }
        Pinger pinger = new Pinger(v4, v6);
        pinger.listen(v4);
        if (v6 != null) {
            pinger.listen(v6);
        }
        return pinger;
    }

    private static Channel channel(boolean v6) throws IOException {
        int family = v6 ? Libc.AF_INET6 : Libc.AF_INET;
        int protocol = v6 ? Libc.IPPROTO_ICMPV6 : Libc.IPPROTO_ICMP;
        try {
            return roomy(new Channel(Libc.socket(family, Libc.SOCK_DGRAM, protocol), v6, false));
        } catch (ErrnoException dgram) {
            try {
                return repliesOnly(roomy(new Channel(Libc.socket(family, Libc.SOCK_RAW, protocol), v6, true)));
            } catch (ErrnoException raw) {
                throw new IOException("this user may not ping (" + raw.getMessage() + "); allow it with"
                        + " sysctl -w net.ipv4.ping_group_range='0 2147483647', or give the daemon CAP_NET_RAW"
                        + " (systemd: AmbientCapabilities=CAP_NET_RAW), or use tcp and http checks only", raw);
            }
        }
    }

    /**
     * Enlarges the receive buffer: a thousand replies may arrive in one millisecond. Only root may exceed
     * net.core.rmem_max.
     */
    private static Channel roomy(Channel channel) throws ErrnoException {
        try {
            Libc.setsockopt(channel.fd(), SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES);
        } catch (ErrnoException e) {
            Libc.setsockopt(channel.fd(), SOL_SOCKET, SO_RCVBUF, RECEIVE_BYTES);
        }
        return channel;
    }

    /**
     * Filters out all but echo replies: a raw socket receives every ICMP message of the machine (raw(7), RFC 3542
     * section 3.2).
     */
    private static Channel repliesOnly(Channel channel) throws ErrnoException {
        if (channel.v6()) {
            int[] blocked = {-1, -1, -1, -1, -1, -1, -1, -1};
            blocked[ECHO6_REPLY >> 5] &= ~(1 << (ECHO6_REPLY & 31));
            Libc.setsockopt(channel.fd(), Libc.IPPROTO_ICMPV6, ICMP6_FILTER, blocked);
        } else {
            Libc.setsockopt(channel.fd(), SOL_RAW, ICMP_FILTER, ~(1 << ECHO_REPLY));
        }
        return channel;
    }

    /** Sends a request. The caller must pass it to {@link #forget} in the end. */
    Echo send(Address to) throws IOException {
        if (closed) {
            throw new IOException("stopped");
        }
        Channel channel = to.v6() ? v6 : v4;
        if (channel == null) {
            throw new IOException("this machine has no IPv6");
        }
        Echo echo = new Echo(tokens.nextLong(), new CompletableFuture<>());
        waiting.put(echo.token(), echo);
        try (Arena arena = Arena.ofConfined()) {
            Libc.sendto(channel.fd(), request(arena, channel, echo.token()), sockaddr(arena, to));
            return echo;
        } catch (ErrnoException e) {
            forget(echo);
            throw e;
        }
    }

    void forget(Echo echo) {
        waiting.remove(echo.token());
    }

    private MemorySegment request(Arena arena, Channel channel, long token) {
        MemorySegment packet = arena.allocate(LENGTH);
        packet.set(ValueLayout.JAVA_BYTE, 0, (byte) (channel.v6() ? ECHO6_REQUEST : ECHO_REQUEST));
        packet.set(SHORT, 4, id);
        packet.set(SHORT, 6, (short) sequence.incrementAndGet());
        packet.set(LONG, 8, token);
        if (!channel.v6()) {
            packet.set(SHORT, 2, checksum(packet)); // the kernel fills in the ICMPv6 checksum
        }
        return packet;
    }

    /** The Internet checksum (RFC 1071). */
    private static short checksum(MemorySegment packet) {
        int sum = 0;
        for (long i = 0; i < packet.byteSize(); i += 2) {
            sum += packet.get(SHORT, i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    private static MemorySegment sockaddr(Arena arena, Address to) {
        MemorySegment address = arena.allocate(to.v6() ? 28 : 16, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) (to.v6() ? Libc.AF_INET6 : Libc.AF_INET));
        byte[] bytes = to.bytes();
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, to.v6() ? 8 : 4, bytes.length);
        return address;
    }

    private void listen(Channel channel) {
        Thread.ofPlatform().daemon().name("pinger-" + (channel.v6() ? "6" : "4")).start(() -> receive(channel));
    }

    private void receive(Channel channel) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packet = arena.allocate(2048);
            while (!closed) {
                receive(channel, packet);
            }
        } finally {
            letSendersGo();
            Libc.close(channel.fd());
        }
    }

    /** Waits for pending sends: the kernel may reuse the number of a closed descriptor at once. */
    private static void letSendersGo() {
        LockSupport.parkNanos(SENDING_NANOS);
    }

    private void receive(Channel channel, MemorySegment packet) {
        try {
            if (Libc.readable(channel.fd(), WAKE_MILLIS)) {
                answered(channel, packet, Libc.recv(channel.fd(), packet));
            }
        } catch (ErrnoException e) {
            // The next packet may be good, and checks with short time-outs wait for it: the pause only prevents a spin.
            LOG.debug("a reply was not received: {}", e.getMessage());
            LockSupport.parkNanos(AFTER_ERROR_NANOS);
        }
    }

    private void answered(Channel channel, MemorySegment packet, int length) {
        int header = channel.raw() && !channel.v6() ? (packet.get(ValueLayout.JAVA_BYTE, 0) & 15) * 4 : 0;
        int reply = channel.v6() ? ECHO6_REPLY : ECHO_REPLY;
        if (length >= header + 16 && packet.get(ValueLayout.JAVA_BYTE, header) == (byte) reply) {
            Echo echo = waiting.remove(packet.get(LONG, header + 8));
            if (echo != null) {
                echo.answered().complete(null);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
