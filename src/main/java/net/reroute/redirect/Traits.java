package net.reroute.redirect;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What a way to redirect is, and what else it can do.
 *
 * @param shares whether a service can be at several servers at once
 * @param effect how long until the last client follows a change
 * @param addresses by which a probe knows that its way leads through it; empty if there are none
 * @param session that it depends on
 * @param saving of what was changed, where that is another step
 * @param monitoring of what others do
 */
public record Traits(boolean shares, Duration effect, Set<Address> addresses, Optional<Session> session,
        Optional<Saving> saving, Optional<Monitoring> monitoring) {

    /** It is only there as long as a session is. */
    public interface Session {

        boolean isOpen();

        /**
         * Keeps the session warm, and shows that it still is.
         *
         * @return true if something came to light by the way that a look would tell
         */
        boolean ping() throws RedirectException;
    }

    /** What is changed there is gone at its next start unless it is saved. */
    public interface Saving {

        /** True if something was changed since {@link #save}. */
        boolean unsaved();

        /** Makes what runs the thing it starts from. Returns what went wrong. */
        Optional<String> save() throws RedirectException;
    }

    /** It can tell by itself. */
    public interface Monitoring {

        /**
         * Has it tell what others do to these prefixes, and what may have taken their routes away; the one thing here that
         * another thread may ask for.
         *
         * @param told each event in its words; {@link Watch#BEGINS} when it tells all from now on, empty when there will be
         *     no more
         * @throws RedirectException it does not
         */
        Watch watch(Collection<Prefix> prefixes, Consumer<String> told) throws RedirectException;
    }

    /** Goes on until it is closed, or its session is. */
    public interface Watch extends AutoCloseable {

        /** What is told first; what comes before it are complaints. */
        String BEGINS = "watching";

        boolean isOpen();

        @Override
        void close();
    }
}
