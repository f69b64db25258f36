package net.reroute.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keys and passwords in {@code keys/} of the home that only root may read. systemd reads them and hands them to the
 * daemon: {@code LoadCredential=keys:/etc/reroute/keys} gives it keys/NAME as keys_NAME in a folder of its own
 * (systemd.exec(5)).
 */
final class HandedKeys {

    private static final String FOLDER = "keys";
    private static final String DIRECTORY = "CREDENTIALS_DIRECTORY";

    private HandedKeys() {}

    /** The file to read for one that the inventory names: the one that was handed over, if it was. */
    static Path of(Path home, Path file) {
        return of(home, file, System.getenv(DIRECTORY));
    }

    static Path of(Path home, Path file, String directory) {
        Path keys = home.resolve(FOLDER);
        if (directory == null || !file.startsWith(keys) || file.equals(keys)) {
            return file;
        }
        Path handed = Path.of(directory, FOLDER + "_" + keys.relativize(file).toString().replace('/', '_'));
        return Files.exists(handed) ? handed : file;
    }

    /** True if this user may not look into the folder, and so cannot tell whether the file is there. */
    static boolean isBehindClosedDoors(Path home, Path file) {
        Path keys = home.resolve(FOLDER);
        return file.startsWith(keys) && Files.isDirectory(keys) && !Files.isExecutable(keys);
    }

    /** What lacks if a file behind closed doors was not handed over; empty if nothing is handed to this process. */
    static Optional<String> notHanded(Path file) {
        return notHanded(file, System.getenv(DIRECTORY));
    }

    static Optional<String> notHanded(Path file, String directory) {
        return directory == null
                ? Optional.empty()
                : Optional.of(file + " was not there when systemd handed the keys to this daemon, at its start; put it"
                        + " there and type: systemctl restart reroute");
    }
}
