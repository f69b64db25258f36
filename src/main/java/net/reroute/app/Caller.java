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
 * Root and the owner of a state folder are two people: what he may change must not be done with root's rights, nor leave
 * files of root's where he works.
 */
final class Caller {

    /** Who typed it, whoever this process is later on. */
    static final String WHO = System.getProperty("user.name");

    private Caller() {}

    /** Why nothing is done in a home that was found by looking around; empty if it is one's own, the system's, or named. */
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

    /** What passwd(5) says of a user. */
    private static Optional<String[]> user(int uid) throws IOException {
        return Files.readAllLines(Path.of("/etc/passwd")).stream().map(l -> l.split(":"))
                .filter(u -> u.length > 5 && u[2].equals(Integer.toString(uid)) && u[3].matches("\\d{1,9}"))
                .findFirst();
    }

    /** Root goes on as the owner of the state folder, or of the home where there is none yet. */
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
            return; // there is nothing of anybody's; whoever looks for it says so
        } catch (IOException e) {
            System.err.println("reroute: the owner of " + of + " is not known (" + e.getMessage() + ")");
        }
    }
}
