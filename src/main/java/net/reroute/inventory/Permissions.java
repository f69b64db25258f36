package net.reroute.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Whether others can change a file that is obeyed, or read one that is secret: asked as sshd (StrictModes), sudo and git
 * do. A group counts as nobody else where it is root's, or the owner's own and has no other member.
 */
public final class Permissions {

    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int NOT_OWNER = 0077;
    private static final int OTHERS = 0007;
    private static final String ANYBODY_IN = "unix:mode,uid,gid,owner,group";
    private static final Path GROUPS = Path.of("/etc/group");
    /** proc_pid_status(5): real, effective, saved and file system user. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private Permissions() {}

    /** Why a file or folder must not be obeyed: others may write it; empty if they may not, or if it is not there. */
    public static Optional<String> writable(Path path) {
        try {
            Map<String, Object> is = Files.readAttributes(path, ANYBODY_IN);
            int mode = (int) is.get("mode");
            boolean byGroup = (mode & GROUP_WRITE) != 0 && !isOwn(is);
            return (mode & OTHERS_WRITE) != 0 || byGroup
                    ? Optional.of("may be written by others, and what stands there is obeyed; type: chmod "
                            + ((mode & OTHERS_WRITE) != 0 ? byGroup ? "go" : "o" : "g") + "-w " + path)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // whoever reads it says what is wrong
        }
    }

    /** Why a secret is none, as ssh says of keys: one's own is for nobody else, and no other for everybody. */
    static Optional<String> secret(Path file) throws IOException {
        Map<String, Object> is = Files.readAttributes(file, ANYBODY_IN);
        int mode = (int) is.get("mode");
        boolean own = ((Integer) is.get("uid")).equals(me());
        return (mode & (own ? NOT_OWNER : OTHERS)) == 0
                ? Optional.empty()
                : Optional.of(file + " can be read by " + ((mode & OTHERS) != 0 ? "everybody" : "its group")
                        + "; run: chmod 600 " + file);
    }

    /** Whose a file or folder is, if he is neither the caller, root, nor whoever called sudo; empty if there is nothing. */
    public static Optional<String> stranger(Path path) {
        try {
            Map<String, Object> is = Files.readAttributes(path, ANYBODY_IN);
            int uid = (Integer) is.get("uid");
            int me = me();
            boolean own = uid == 0 || uid == me
                    || me == 0 && Integer.toString(uid).equals(System.getenv("SUDO_UID"));
            return own ? Optional.empty() : Optional.of(is.get("owner").toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The number of the user that this process is now; -1 if it cannot be found out. */
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
        return is.get("group").toString().equals(owner)
                && Files.readAllLines(GROUPS).stream().map(l -> l.split(":", -1))
                        .filter(g -> g.length > 3 && g[0].equals(owner))
                        .allMatch(g -> Arrays.stream(g[3].split(",")).allMatch(m -> m.isBlank() || m.equals(owner)));
    }
}
