package net.reroute.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import net.reroute.check.Libc;
import net.reroute.ssh.Permissions;

/**
 * The user behind a command. If root works in a state folder of another user, nothing that user may change is done with
 * root's rights, and no file of root's is left there.
 */
final class Caller {

    /** The user that started the process. {@link #become} does not change it. */
    static final String WHO = System.getProperty("user.name");

    private Caller() {}

    /**
     * Why reroute does not work with these paths: the home was found rather than named, and another user controls it;
     * or the state folder is a link of another user. Empty if there is no objection.
     */
    static Optional<String> objection(Paths paths) {
        Optional<String> found = paths.named() || paths.isSystem() ? Optional.empty() : objectionToFound(paths.home());
        return found.or(() -> Permissions.misleading(paths.state()));
    }

    private static Optional<String> objectionToFound(Path home) {
        return Permissions.stranger(home.resolve("inventory")).or(() -> Permissions.stranger(home))
                .map(owner -> home + " belongs to " + owner + ", and what stands there would be done with your rights;"
                        + " if you trust " + owner + ": --home " + home)
                .or(() -> Permissions.writable(home).map(why -> home + " " + why));
    }

    /** The entry of a user in passwd(5), split at the colons; empty if there is none. */
    private static Optional<String[]> user(int uid) throws IOException {
        return Files.readAllLines(Path.of("/etc/passwd")).stream().map(l -> l.split(":"))
                .filter(u -> u.length > 5 && u[2].equals(Integer.toString(uid)) && u[3].matches("\\d{1,9}"))
                .findFirst();
    }

    /** Makes a root process go on as the owner of the state folder, or of the home if there is none yet. */
    static void become(Paths paths) {
        if (Permissions.me() != 0) {
            return;
        }
        Path of = Files.exists(paths.state()) ? paths.state() : paths.home();
        try {
            Map<String, Object> is = Files.readAttributes(of, "unix:uid,gid,owner");
            int uid = (Integer) is.get("uid");
            if (uid != 0) {
                Optional<String[]> user = user(uid);
                int gid = user.map(u -> Integer.parseInt(u[3])).orElse((Integer) is.get("gid"));
                Libc.become(is.get("owner").toString(), uid, gid);
                System.setProperty("user.name", is.get("owner").toString());
                user.ifPresent(u -> System.setProperty("user.home", u[5]));
            }
        } catch (NoSuchFileException e) {
            return; // no folder yet; a later step reports it
        } catch (IOException e) {
            System.err.println("reroute: the owner of " + of + " is not known (" + e.getMessage() + ")");
        }
    }
}
