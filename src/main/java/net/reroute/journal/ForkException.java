package net.reroute.journal;

import java.sql.SQLException;

/** Rows of another member do not follow from the newest row here: the two chains have parted. */
public final class ForkException extends SQLException {

    private static final long serialVersionUID = 1;

    ForkException(String message) {
        super(message);
    }
}
