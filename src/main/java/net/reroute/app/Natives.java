package net.reroute.app;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite and JNA find their native libraries: beside the jar, where the build puts them. Left alone, they would
 * unpack them into /tmp, which may be mounted noexec, and leave them there if the process is killed.
 */
final class Natives {

    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);
    /** The architecture as each library spells it, by the JDK's name for it. */
    private static final Map<String, String> SQLITE = Map.of("amd64", "x86_64", "aarch64", "aarch64");
    private static final Map<String, String> JNA = Map.of("amd64", "linux-x86-64", "aarch64", "linux-aarch64");

    private static final String FOLDER = "natives";

    private Natives() {}

    static void find(Paths paths) {
        String machine = System.getProperty("os.arch");
        Path beside = besideTheJar();
        Path sqlite = beside.resolve("org/sqlite/native/Linux").resolve(SQLITE.getOrDefault(machine, machine));
        Path jna = beside.resolve("com/sun/jna").resolve(JNA.getOrDefault(machine, machine));
        boolean glibc = !Files.exists(Path.of("/etc/alpine-release")); // musl needs other files
        if (glibc && Files.isReadable(sqlite.resolve("libsqlitejdbc.so"))
                && Files.isReadable(jna.resolve("libjnidispatch.so"))) {
            set("org.sqlite.lib.path", sqlite);
            set("jna.boot.library.path", jna);
        } else {
            unpack(paths.state());
        }
    }

    /** Deletes libraries that a killed daemon left behind. The caller holds the lock of the state folder. */
    static void clean(Path state) {
        Path folder = state.resolve(FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("what is left in {} stays there", folder, e);
        }
    }

    private static Path besideTheJar() {
        try {
            return Path.of(Natives.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .resolveSibling("natives");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has other machines unpack them into the state folder at each start, if it is writable. */
    static void unpack(Path state) {
        Path folder = state.resolve(FOLDER);
        try {
            if (Files.isWritable(state) && System.getProperty("org.sqlite.lib.path") == null) {
                Files.createDirectories(folder,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                set("org.sqlite.tmpdir", folder);
                set("jna.tmpdir", folder);
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be made; native libraries are unpacked to the temporary folder", folder, e);
        }
    }

    private static void set(String property, Path value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value.toString());
        }
    }
}
