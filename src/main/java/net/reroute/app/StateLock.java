package net.reroute.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import net.reroute.control.Refusal;

/** Whoever types on routers holds this; the kernel lets go of it when he dies. */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock of a state folder, waiting a little for another command to end. */
    static StateLock take(Path state, String what, Duration patience) throws Refusal, IOException {
        Files.createDirectories(state,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        Path file = state.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
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
            throw new Refusal("another reroute works on " + state + " (" + Files.readString(file).strip()
                    + ")" + (what.equals("daemon")
                            ? "; no second daemon is started"
                            : " and does not answer; nothing was changed"));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((what + ", process " + ProcessHandle.current().pid() + "\n")
                .getBytes(StandardCharsets.UTF_8)), 0);
        return new StateLock(channel);
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
