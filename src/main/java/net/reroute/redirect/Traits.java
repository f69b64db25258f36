package net.reroute.redirect;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What a redirector is, and what else it can do.
 *
 * @param shares whether a service can be at several servers at once
 * @param effect time until the last client follows a change
 * @param addresses by which a probe recognises that its path leads through this redirector; empty if there are none
 * @param session that it depends on
 * @param saving of changes, where that is a separate step
 * @param monitoring of changes that others make
 */
public record Traits(boolean shares, Duration effect, Set<Address> addresses, Optional<Session> session,
        Optional<Saving> saving, Optional<Monitoring> monitoring) {

    /** A redirector that depends on a session. */
    public interface Session {

        boolean isOpen();

        /**
         * Keeps the session from going idle, and checks that it works.
         *
         * @return true if this showed something that a look would report
         */
        boolean ping() throws RedirectException;
    }

    /** A restart loses changes unless they are saved. */
    public interface Saving {

        /** True if something was changed since the last {@link #save}. */
        boolean unsaved();

        /** Saves the running configuration as the startup configuration. Returns what went wrong. */
        Optional<String> save() throws RedirectException;
    }

    /** The device reports events by itself. */
    public interface Monitoring {

        /**
         * Starts reports of what others do to these prefixes, and of what may have removed their routes. Another thread
         * may call this; nothing else here allows that.
         *
         * @param told receives each event in the device's words; {@link Watch#BEGINS} once events are complete from now
         *     on, empty at the end
         * @throws RedirectException if the device does not report
         */
        Watch watch(Collection<Prefix> prefixes, Consumer<String> told) throws RedirectException;
    }

    /** Reports events until it is closed, or its session is. */
    public interface Watch extends AutoCloseable {

        /** The first event. Anything before it is an error message. */
        String BEGINS = "watching";

        boolean isOpen();

        @Override
        void close();
    }
}
