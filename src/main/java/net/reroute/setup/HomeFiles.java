package net.reroute.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.ssh.NewKey;

/**
 * The files of a home that a set-up makes. Each belongs to whom the home belongs to, so that the daemon may read it;
 * nothing is overwritten.
 */
final class HomeFiles {

    private static final Pattern LINE = Pattern.compile("^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/]+={0,2}");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SECRET_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SHARED_FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> SHARED = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

    private final Path home;
    private boolean changed;

    HomeFiles(Path home) {
        this.home = home;
    }

    /** True if a file was made here: a daemon that started before does not have it. */
    boolean isChanged() {
        return changed;
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
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.isRegularFile(file) && Files.readString(file).equals(text)) {
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
        folder(home.resolve("keys"), SECRET_FOLDER);
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

    /**
     * The public line: its type and its key, whatever else stands in the file, since it is typed at consoles.
     *
     * @throws IOException if the file holds no key
     */
    String publicLine(String name) throws IOException {
        Matcher line = LINE.matcher(Files.readString(publicPart(name)));
        if (!line.find()) {
            throw new IOException(
                    publicPart(name) + " holds no public key; delete it and its key, and type this again");
        }
        return line.group() + " reroute";
    }

    /** Keeps a password in a file of its own. */
    void keep(String name, String secret) throws IOException {
        folder(at(name).getParent(), SECRET_FOLDER);
        create(at(name), secret + "\n", SECRET);
    }

    /** @param line of known_hosts */
    void trust(String line) throws IOException {
        if (!Files.exists(knownHosts())) {
            create(knownHosts(), "", PUBLIC);
        }
        String text = Files.readString(knownHosts(), StandardCharsets.ISO_8859_1);
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        Files.writeString(knownHosts(), gap + line + "\n", StandardOpenOption.APPEND);
    }

    void write(Path file, String text) throws IOException {
        folder(file.getParent(), SHARED_FOLDER);
        create(file, text, SHARED);
    }

    /**
     * Why root must not write here: another user could lead what is written elsewhere. Empty if there is no objection.
     */
    Optional<String> objection() throws IOException {
        for (Path path : List.of(home, at("keys"), at("inventory"), knownHosts())) {
            if (Files.isSymbolicLink(path)) {
                return Optional.of(path + " is a link; as root nothing is written there. Put a folder of root's in its"
                        + " place");
            }
            if (Files.exists(path) && !Files.getAttribute(path, "unix:uid").equals(0)) {
                return Optional
                        .of(path + " belongs to " + Files.getOwner(path) + ", and as root nothing is written there;"
                                + " type: chown root " + path);
            }
        }
        return Optional.empty();
    }

    private void folder(Path folder, Set<PosixFilePermission> mode) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(SECRET_FOLDER));
            own(folder);
            Files.setPosixFilePermissions(folder, mode);
        }
    }

    /** Beside it first, and then under its name: what is there under its name is whole. */
    private void create(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        Path whole = Files.createTempFile(file.getParent(), ".init", ".new",
                PosixFilePermissions.asFileAttribute(SECRET));
        try {
            Files.writeString(whole, text);
            own(whole);
            Files.setPosixFilePermissions(whole, mode);
            Files.createLink(file, whole); // fails if there is one
            changed = true;
        } finally {
            Files.delete(whole);
        }
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
