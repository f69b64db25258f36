package net.reroute.redirect.dns;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.redirect.RedirectException;

/** Where the records of a zone are read and changed. Not thread-safe. */
interface ZoneAccess extends AutoCloseable {

    /** The address records of these names; a name that does not exist has none. */
    Map<String, AddressRecords> read(Collection<String> names) throws RedirectException;

    /**
     * Makes changes, each wholly or not at all.
     *
     * @return why a change was not made, by name; a missing name was changed
     * @throws RedirectException if it is not known what was changed
     */
    Map<String, String> change(List<RecordEdit> edits) throws RedirectException;

    /** The exact lines of a change. */
    List<String> lines(RecordEdit edit);

    /** Checks that the zone can be read. Returns true if it has changed since the last {@link #read}. */
    boolean hasChanged() throws RedirectException;

    /** Where records were read back, for people: {@code 192.168.1.53, serial 7}. */
    String place();

    /** What is unusual about the zone, a clause; empty if nothing is. */
    String remark();

    @Override
    void close();
}
