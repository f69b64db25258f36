package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Text;

/**
 * Checks that other users cannot change a configuration file or read a secret, as sshd (StrictModes), sudo and git do.
 * A group is trusted if it is root's, or if it is the owner's own group without other members. Thread-safe.
 */
public final class Permissions {

    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int NOT_OWNER = 0077;
    private static final int OTHERS = 0007;
    private static final String ANYBODY_IN = "unix:mode,uid,gid,owner,group";
    private static final Path NOTHING = Path.of("/dev/null");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");
    /** The real, effective, saved and file system user ids are in its Uid line (proc_pid_status(5)). */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static volatile int homes;

    private Permissions() {}

    /** Trusts the owner of the home folder from now on. If the owner cannot be read, root counts as the owner. */
    public static void trustOwnerOf(Path home) {
        try {
            homes = (Integer) Files.getAttribute(home, "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            homes = 0;
        }
    }

    /**
     * Why a file or folder is not safe: an untrusted user owns it, or may write or replace it. Trusted are this user,
     * root, the caller of sudo and the owner of the home folder. Empty if it is safe or missing.
     */
    public static Optional<String> writable(Path path) {
        if (path.equals(NOTHING)) {
            return Optional.empty(); // always empty
        }
        try {
            Map<String, Object> is = Files.readAttributes(path, ANYBODY_IN);
            if (!isTrusted((Integer) is.get("uid"))) {
                return Optional.of("belongs to " + Text.one(is.get("owner").toString())
                        + ", and what stands there is obeyed; type: chown " + System.getProperty("user.name") + " "
                        + path);
            }
            Optional<String> others = byOthers(is, path);
            Path folder = path.toAbsolutePath().normalize().getParent();
            return others.isPresent() || folder == null
                    ? others
                    : inFolder(Files.readAttributes(folder, ANYBODY_IN), folder);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // the reader reports it
        }
    }

    private static Optional<String> byOthers(Map<String, Object> is, Path path) throws IOException {
        int mode = (int) is.get("mode");
        boolean byGroup = (mode & GROUP_WRITE) != 0 && !isOwn(is);
        String whose = (byGroup ? "g" : "") + ((mode & OTHERS_WRITE) != 0 ? "o" : "");
        return whose.isEmpty()
                ? Optional.empty()
                : Optional.of("may be written by others, and what stands there is obeyed; type: chmod " + whose + "-w "
                        + path);
    }

    /** In a folder with the sticky bit, users cannot replace files of others. */
    private static Optional<String> inFolder(Map<String, Object> is, Path folder) throws IOException {
        if (!isTrusted((Integer) is.get("uid"))) {
            return Optional.of("is in " + folder + ", which belongs to " + Text.one(is.get("owner").toString())
                    + ", who may put another in its place");
        }
        return ((int) is.get("mode") & STICKY) != 0
                ? Optional.empty()
                : byOthers(is, folder).map(why -> "is in " + folder + ", which " + why);
    }

    private static boolean isTrusted(int uid) {
        return uid == homes || isCaller(uid);
    }

    /** True for this user, for root, and for the caller of sudo. */
    private static boolean isCaller(int uid) {
        int me = me();
        return uid == 0 || uid == me || me == 0 && Integer.toString(uid).equals(System.getenv("SUDO_UID"));
    }

    /**
     * Why a link must not be followed: its owner is another user, who does not own the target. Empty if it is not a
     * link, or if it belongs to this user, to root, or to the owner of its target.
     */
    public static Optional<String> misleading(Path path) {
        try {
            if (!Files.isSymbolicLink(path)) {
                return Optional.empty();
            }
            int setBy = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            boolean his = Files.exists(path) && setBy == (Integer) Files.getAttribute(path, "unix:uid");
            return setBy == 0 || setBy == me() || his
                    ? Optional.empty()
                    : Optional.of(path + " is a symbolic link that "
                            + Text.one(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName())
                            + " has set, to what is not his; nothing is done there");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of(path + " cannot be looked at: " + Text.one(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Why a secret file is not safe, as ssh checks keys: it must belong to a trusted user. This user's own file must be
     * private; any other file must be closed to users outside its group. Empty if it is safe.
     *
     * @throws IOException if the file cannot be read, or does not exist
     */
    public static Optional<String> secret(Path file) throws IOException {
        Map<String, Object> is = Files.readAttributes(file, ANYBODY_IN);
        int mode = (int) is.get("mode");
        int uid = (Integer) is.get("uid");
        if (!isTrusted(uid)) {
            return Optional.of(file + " belongs to " + Text.one(is.get("owner").toString()) + "; run: chown "
                    + System.getProperty("user.name") + " " + file);
        }
        int forbidden = uid == me() ? NOT_OWNER : OTHERS;
        if ((mode & forbidden) == 0) {
            return Optional.empty();
        }
        return Optional.of(file + " can be read by " + ((mode & OTHERS) != 0 ? "everybody" : "its group")
                + "; run: chmod 600 " + file);
    }

    /**
     * The name of the owner, unless it is this user, root or the caller of sudo; empty then, and if there is no file.
     */
    public static Optional<String> stranger(Path path) {
        try {
            Map<String, Object> is = Files.readAttributes(path, ANYBODY_IN);
            return isCaller((Integer) is.get("uid"))
                    ? Optional.empty()
                    : Optional.of(Text.one(is.get("owner").toString()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The effective user id of this process; -1 if unknown. */
    public static int me() {
        try {
            return Files.readAllLines(STATUS).stream().filter(l -> l.startsWith("Uid:"))
                    .map(l -> Integer.parseInt(l.split("\\s+")[2])).findFirst().orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean isOwn(Map<String, Object> is) throws IOException {
        if ((Integer) is.get("gid") == 0) {
            return true;
        }
        String owner = is.get("owner").toString();
        return is.get("group").toString().equals(owner) && isNobodyElses((Integer) is.get("gid"), owner)
                && Files.readAllLines(GROUPS).stream().map(l -> l.split(":", -1))
                        .filter(g -> g.length > 3 && g[0].equals(owner))
                        .allMatch(g -> Arrays.stream(g[3].split(",")).allMatch(m -> m.isBlank() || m.equals(owner)));
    }

    /** True if no other user has this group as the primary group; /etc/group does not list those. */
    private static boolean isNobodyElses(int gid, String owner) throws IOException {
        return Files.readAllLines(USERS).stream().map(l -> l.split(":", -1))
                .filter(u -> u.length > 3 && u[3].equals(Integer.toString(gid))).allMatch(u -> u[0].equals(owner));
    }
}
