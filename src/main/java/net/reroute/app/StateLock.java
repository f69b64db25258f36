package net.reroute.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Text;
import net.reroute.ssh.Permissions;
import org.slf4j.LoggerFactory;

/**
 * The lock of a state folder. The process that changes routers holds it; the kernel releases it when the process dies.
 */
final class StateLock implements AutoCloseable {

    static final String FILE = "lock";
    private static final int STICKY = 01000;
    private static final int LONGEST_NAME = 100;

    /** A user that can open the file can lock it. */
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    /** Mode of the state folder: its group may enter, for the socket in it. */
    static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a state folder; waits a little for another command to end.
     *
     * @throws RequestRefusedException if another process keeps the lock, or the folder is not safe
     */
    static StateLock take(Path state, String what, Duration patience) throws RequestRefusedException, IOException {
        Optional<String> link = Permissions.misleading(state);
        if (link.isPresent()) {
            throw new RequestRefusedException(link.get());
        }
        Files.createDirectories(state, PosixFilePermissions.asFileAttribute(FOLDER));
        guard(state);
        Path file = state.resolve(FILE);
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), PosixFilePermissions.asFileAttribute(OWNERS));
        Files.setPosixFilePermissions(file, OWNERS); // an earlier version let the group in
        long end = System.nanoTime() + patience.toNanos();
        FileLock lock = channel.tryLock(1, 1, false);
        while (lock == null && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            lock = channel.tryLock(1, 1, false);
        }
        if (lock == null) {
            channel.close();
            throw new RequestRefusedException("another reroute works on " + state + " ("
                    + holder(state).orElse("whose name cannot be read") + ")" + (what.equals("daemon")
                            ? "; no second daemon is started"
                            : " and does not answer; nothing was changed"));
        }
        sign(channel, what);
        Natives.unpack(state); // the folder may be new
        return new StateLock(channel);
    }

    /** A state folder has one owner. Another user would leave files there that the owner cannot use. */
    private static void guard(Path state) throws RequestRefusedException, IOException {
        if ((int) Files.getAttribute(state, "unix:uid") != Permissions.me()) {
            String owner = Files.getOwner(state).getName();
            throw new RequestRefusedException(
                    "the state folder " + state + " belongs to " + owner + ", and this runs as "
                            + System.getProperty("user.name") + "; run it as " + owner + ", or type: chown -R "
                            + System.getProperty("user.name") + " " + state);
        }
        Optional<String> others = Permissions.writable(state);
        if (others.isPresent() && isOnlyOwn(state)) {
            Files.setPosixFilePermissions(state, FOLDER);
        } else if (others.isPresent()) {
            throw new RequestRefusedException("the state folder " + state + " " + others.get());
        }
    }

    /** True for a file system that was just mounted: it has the sticky bit, and all files in it are this user's. */
    private static boolean isOnlyOwn(Path state) throws IOException {
        if (((int) Files.getAttribute(state, "unix:mode") & STICKY) == 0) {
            return false;
        }
        int me = Permissions.me();
        try (Stream<Path> all = Files.list(state)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                if ((int) Files.getAttribute(one, "unix:uid", LinkOption.NOFOLLOW_LINKS) != me) {
                    return false;
                }
            }
            return true;
        }
    }

    /** True if a process holds the lock now. */
    static boolean isHeld(Path state) {
        try (FileChannel channel = open(state)) {
            return channel.tryLock(1, 1, true) == null; // closing the channel releases it
        } catch (IOException e) {
            return false; // there is no lock file, or this user may not read it
        }
    }

    /** The holder as it signed the lock, like "daemon, process 4711"; empty if that cannot be read. */
    static Optional<String> holder(Path state) {
        try (FileChannel channel = open(state)) {
            ByteBuffer words = ByteBuffer.allocate(LONGEST_NAME);
            int length = channel.read(words);
            return length < 1
                    ? Optional.empty()
                    : Optional.of(Text.one(new String(words.array(), 0, length, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            return Optional.empty(); // messages do without
        }
    }

    /** Refuses a link or a pipe: it would lead elsewhere, or block. */
    private static FileChannel open(Path state) throws IOException {
        Path file = state.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is no lock");
        }
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Writes the holder's name into the lock. The lock holds without it, as on a full disk. */
    private static void sign(FileChannel channel, String what) {
        byte[] name = (what + ", process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            channel.write(ByteBuffer.wrap(name), 0);
            channel.truncate(name.length);
        } catch (IOException e) {
            LoggerFactory.getLogger("reroute").warn("the name of this process cannot be written to its lock: {}",
                    e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "process " + ProcessHandle.current().pid();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
