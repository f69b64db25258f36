package net.reroute.convert;

import java.util.List;

/** Finds the files that a configuration includes. */
public interface Includes {

    /** For sources that stand alone. */
    Includes NONE = (pattern, from) -> List.of();

    /**
     * The files that match, in name order; none if there are none.
     *
     * @param pattern a file name with wildcards, as written
     * @param from name of the source that includes it
     * @throws BadSourceException if one of them cannot be read
     */
    List<Source> matching(String pattern, String from) throws BadSourceException;
}
