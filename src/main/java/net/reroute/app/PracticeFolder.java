package net.reroute.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The folder of a rehearsal, of which nothing stays: neither after its end nor after Ctrl-C. */
record PracticeFolder(Path path, CountDownLatch over) implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    static PracticeFolder create() throws IOException {
        PracticeFolder made = new PracticeFolder(Files.createTempDirectory("reroute-rehearsal-"),
                new CountDownLatch(1));
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(made::leaveNothing));
            return made;
        } catch (IllegalStateException e) {
            made.close(); // the process is being stopped already
            throw e;
        }
    }

    /** Ctrl-C ends the process before the rehearsal has ended: waits for it briefly, then deletes the folder. */
    private void leaveNothing() {
        try {
            over.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("reroute: " + path + " could not be removed: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            delete();
        } finally {
            over.countDown();
        }
    }

    /** What is gone meanwhile does not matter: SQLite removes files of its own once the last of its users leaves. */
    private void delete() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return goOnWithout(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                return goOnWithout(folder);
            }
        });
    }

    private static FileVisitResult goOnWithout(Path file) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }
}
