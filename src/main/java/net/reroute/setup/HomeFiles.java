package net.reroute.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import net.reroute.ssh.NewKey;

/**
 * The files of a home that a set-up makes. Each belongs to whom the home belongs to, so that the daemon may read it;
 * nothing is overwritten.
 */
final class HomeFiles {

    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SECRET_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SHARED = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

    private final Path home;

    HomeFiles(Path home) {
        this.home = home;
    }

    /** @param name relative to the home */
    Path at(String name) {
        return home.resolve(name);
    }

    Path knownHosts() {
        return home.resolve("known_hosts");
    }

    Path inventory() {
        return home.resolve("inventory/init.yaml");
    }

    /** Where a proposal is written that is not to be read: a file that is not there yet, or that is the same. */
    Path proposal(String text) throws IOException {
        for (int i = 1;; i++) {
            Path file = home.resolve("init.proposal" + (i == 1 ? "" : "." + i));
            if (!Files.exists(file) || Files.readString(file).equals(text)) {
                return file;
            }
        }
    }

    /**
     * Makes a key, if there is none of this name.
     *
     * @return true if it was made
     */
    boolean makeKey(String name) throws Incomplete, IOException {
        folder(home.resolve("keys"));
        Path key = at(name);
        if (Files.exists(key, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.exists(publicPart(name))) {
                throw new Incomplete(key + " is there without its public part; type: ssh-keygen -y -f " + key + " > "
                        + publicPart(name));
            }
            return false;
        }
        NewKey made = name.endsWith("rsa") ? NewKey.rsa() : NewKey.ed25519();
        Files.deleteIfExists(publicPart(name)); // of a key that is gone
        create(publicPart(name), made.line() + " reroute\n", PUBLIC);
        create(key, made.secret(), SECRET);
        return true;
    }

    Path publicPart(String name) {
        return at(name + ".pub");
    }

    String publicLine(String name) throws IOException {
        return Files.readString(publicPart(name)).strip();
    }

    /** Keeps a password in a file of its own. */
    void keep(String name, String secret) throws IOException {
        folder(at(name).getParent());
        create(at(name), secret + "\n", SECRET);
    }

    void trust(List<String> lines) throws IOException {
        if (!Files.exists(knownHosts())) {
            create(knownHosts(), "", PUBLIC);
        }
        Files.write(knownHosts(), lines, StandardOpenOption.APPEND);
    }

    void write(Path file, String text) throws IOException {
        folder(file.getParent());
        create(file, text, SHARED);
    }

    private void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(SECRET_FOLDER));
            own(folder);
        }
    }

    private void create(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        FileAttribute<?> narrow = PosixFilePermissions.asFileAttribute(SECRET);
        Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), narrow).close();
        own(file);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, mode);
    }

    /** Gives it to the home's owner and group, where this user may. */
    private void own(Path file) throws IOException {
        Object uid = Files.getAttribute(home, "unix:uid");
        Object gid = Files.getAttribute(home, "unix:gid");
        if (!uid.equals(Files.getAttribute(file, "unix:uid"))) {
            Files.setAttribute(file, "unix:uid", uid);
        }
        if (!gid.equals(Files.getAttribute(file, "unix:gid"))) {
            Files.setAttribute(file, "unix:gid", gid);
        }
    }
}
