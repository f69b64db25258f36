package net.reroute.convert;

/** Reads sources of one kind into a draft. */
interface FormatReader {

    /**
     * Reads one source.
     *
     * @throws BadSourceException with all mistakes
     */
    void read(Source source) throws BadSourceException;

    /** Makes the entries that depend on all sources together. */
    default void finish() {}
}
