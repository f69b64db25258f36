package net.reroute.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.reroute.check.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the daemon's state to the service manager, as sd_notify(3) says: a datagram to the socket in NOTIFY_SOCKET.
 * Does nothing without such a socket, and never blocks.
 */
final class ServiceManager {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    /** The size of sun_path in sockaddr_un (unix(7)), in bytes. */
    private static final int LONGEST = 108;

    private final byte[] socket;
    private final Optional<Duration> watchdog;
    private boolean silent;

    private ServiceManager(byte[] socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** @param pid of this process; a watchdog for another process is ignored (sd_watchdog_enabled(3)) */
    static ServiceManager of(Map<String, String> environment, long pid) {
        byte[] socket = environment.getOrDefault("NOTIFY_SOCKET", "").getBytes(StandardCharsets.UTF_8);
        boolean usable = socket.length > 1 && socket.length < LONGEST && (socket[0] == '/' || socket[0] == '@');
        if (socket.length > 0 && !usable) {
            LOG.warn("NOTIFY_SOCKET is no socket of a service manager; it is told nothing");
        }
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean ours = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid)).equals(Long.toString(pid));
        return new ServiceManager(usable ? socket : new byte[0], usable && ours && micros.matches("[1-9]\\d{0,15}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000))
                : Optional.empty());
    }

    /** The service manager ends the daemon after this time without a sign of life; empty if it does not. */
    Optional<Duration> watchdog() {
        return watchdog;
    }

    void ready(String status) {
        tell("READY=1\nSTATUS=" + status);
    }

    /** The service manager expects the time by CLOCK_MONOTONIC, the clock of System.nanoTime on Linux. */
    void reloading() {
        tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    void stopping() {
        tell("STOPPING=1");
    }

    void alive() {
        tell("WATCHDOG=1");
    }

    private void tell(String lines) {
        if (socket.length == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, lines.getBytes(StandardCharsets.UTF_8));
            int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
            try {
                Libc.sendto(fd, data, address(arena));
            } finally {
                Libc.close(fd);
            }
            silent = false;
        } catch (IOException e) {
            if (!silent) {
                LOG.warn("the service manager cannot be told anything: {}", e.getMessage());
            }
            silent = true;
        }
    }

    /** An abstract socket's name begins with a zero byte, written as @. */
    private MemorySegment address(Arena arena) {
        boolean named = socket[0] == '/';
        MemorySegment address = arena.allocate(2 + socket.length + (named ? 1 : 0), 2);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) Libc.AF_UNIX);
        MemorySegment.copy(socket, 0, address, ValueLayout.JAVA_BYTE, 2, socket.length);
        if (!named) {
            address.set(ValueLayout.JAVA_BYTE, 2, (byte) 0);
        }
        return address;
    }
}
