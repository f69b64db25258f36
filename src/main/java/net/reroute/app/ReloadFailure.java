package net.reroute.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Text;
import net.reroute.inventory.BadInventoryException;

/** Why a reload failed, in a sentence. */
final class ReloadFailure {

    private ReloadFailure() {}

    static String why(Throwable e) {
        return Text.one(switch (e) {
            case RequestRefusedException refusal -> refusal.getMessage();
            case BadInventoryException bad -> bad.getMessage();
            case FileSystemException file -> file.getFile() + " cannot be read"
                    + (file.getReason() == null
                            ? "; check that it is there, and its owner and mode"
                            : ": " + file.getReason());
            case IOException io -> io.getMessage() == null ? "the disk did not answer" : io.getMessage();
            default -> "internal error (please report it): " + e;
        });
    }

    /** True for an internal error: it should be reported, and its stack trace goes to the log. */
    static boolean isOurs(Throwable e) {
        return !(e instanceof RequestRefusedException || e instanceof BadInventoryException
                || e instanceof IOException);
    }
}
