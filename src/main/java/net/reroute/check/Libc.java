package net.reroute.check;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The C library calls that the JDK lacks: sockets for ICMP and unix datagrams, the user of a process, the priority of a
 * thread. The constants are Linux's. Thread-safe.
 */
@SuppressWarnings("restricted") // this class exists to call C
public final class Libc {

    public static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    public static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int IPPROTO_ICMP = 1;
    static final int IPPROTO_ICMPV6 = 58;
    static final int EACCES = 13;
    static final int EPERM = 1;
    static final int EINTR = 4;

    private static final int POLLIN = 1;
    private static final int PRIO_PROCESS = 0;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_OF = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO = handle("sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle SETSOCKOPT = handle("setsockopt", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = handle("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SETPRIORITY = handle("setpriority", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle INITGROUPS = handle("initgroups",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SETGID = handle("setgid",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SETUID = handle("setuid",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().find("strerror").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private Libc() {}

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type, ERRNO);
    }

    /** A system call failed; the message has the kernel's text and the name of the call. */
    public static final class ErrnoException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int errno;

        ErrnoException(String call, int errno) {
            super(text(errno).toLowerCase(java.util.Locale.ROOT) + " (" + call + ")");
            this.errno = errno;
        }

        boolean denied() {
            return errno == EACCES || errno == EPERM;
        }
    }

    private interface Call {
        long invoke(MemorySegment state) throws Throwable;
    }

    private static long call(String name, Call call) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.invoke(state);
            if (result < 0 && (int) ERRNO_OF.get(state, 0L) == EINTR) {
                return 0; // interrupted by a signal; poll and recv are called again in a loop
            }
            if (result < 0) {
                throw new ErrnoException(name, (int) ERRNO_OF.get(state, 0L));
            }
            return result;
        } catch (ErrnoException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * Lowers the priority of the calling platform thread to nice 10: on a busy machine it gets about a tenth of a
     * normal thread's time (sched(7); on Linux each thread has its own nice value).
     */
    public static void yieldProcessor() {
        try {
            call("setpriority", s -> (int) SETPRIORITY.invokeExact(s, PRIO_PROCESS, 0, 10));
        } catch (ErrnoException e) {
            throw new IllegalStateException(e); // every process may lower its own priority
        }
    }

    /**
     * Changes the user of the whole process. This cannot be undone.
     *
     * @param name of the user, to look up the supplementary groups
     * @throws ErrnoException if one of the three calls fails; earlier ones stay in effect
     */
    public static void become(String name, int uid, int gid) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment user = arena.allocateFrom(name);
            call("initgroups", s -> (int) INITGROUPS.invokeExact(s, user, gid));
            call("setgid", s -> (int) SETGID.invokeExact(s, gid));
            call("setuid", s -> (int) SETUID.invokeExact(s, uid));
        }
    }

    /** Opens a socket (socket(2)) that child processes do not inherit. Returns its descriptor. */
    public static int socket(int family, int type, int protocol) throws ErrnoException {
        return (int) call("socket", s -> (int) SOCKET.invokeExact(s, family, type | SOCK_CLOEXEC, protocol));
    }

    /**
     * Sends a datagram (sendto(2)). Blocks unless the socket is non-blocking.
     *
     * @param address a sockaddr of the socket's family
     */
    public static void sendto(int fd, MemorySegment data, MemorySegment address) throws ErrnoException {
        long sent = 0;
        while (sent == 0) { // nothing is sent when a signal interrupts
            sent = call("sendto", s -> (long) SENDTO.invokeExact(s, fd, data, data.byteSize(), 0, address,
                    (int) address.byteSize()));
        }
    }

    static int recv(int fd, MemorySegment into) throws ErrnoException {
        return (int) call("recv", s -> (long) RECV.invokeExact(s, fd, into, into.byteSize(), 0));
    }

    /** Sets a socket option whose value is an array of 32-bit integers. */
    static void setsockopt(int fd, int level, int option, int... values) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, values);
            call("setsockopt", s -> (int) SETSOCKOPT.invokeExact(s, fd, level, option, value,
                    (int) value.byteSize()));
        }
    }

    /** Waits until there is data to receive; false after this many milliseconds without any. */
    static boolean readable(int fd, int millis) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, fd);
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
            return call("poll", s -> (int) POLL.invokeExact(s, poll, 1L, millis)) > 0;
        }
    }

    /** Closes a descriptor. Never throws. */
    public static void close(int fd) {
        try {
            call("close", s -> (int) CLOSE.invokeExact(s, fd));
        } catch (ErrnoException e) {
            // Linux releases the descriptor even if close reports an error.
        }
    }

    private static String text(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(256).getString(0);
        } catch (Throwable e) {
            return "error " + errno;
        }
    }
}
