package net.reroute.redirect;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What a redirector is, and its optional abilities.
 *
 * @param shares true if a service can be at several servers at once
 * @param effect time until the last client follows a change
 * @param addresses the device's own addresses: a probe whose path has one of them leads through this redirector; empty
 *     if unknown
 * @param session present if it depends on a session
 * @param saving present if changes must be saved in a separate step
 * @param monitoring present if it can report changes by others
 * @param connections present if it can keep connections of services that move
 */
public record Traits(boolean shares, Duration effect, Set<Address> addresses, Optional<Session> session,
        Optional<Saving> saving, Optional<Monitoring> monitoring, Optional<Connections> connections) {

    /** One that keeps no connections. */
    public Traits(boolean shares, Duration effect, Set<Address> addresses, Optional<Session> session,
            Optional<Saving> saving, Optional<Monitoring> monitoring) {
        this(shares, effect, addresses, session, saving, monitoring, Optional.empty());
    }

    /** The session that a redirector depends on. */
    public interface Session {

        boolean isOpen();

        /**
         * Keeps the session from timing out, and checks that it works.
         *
         * @return true if a new look would show something new
         */
        boolean ping() throws RedirectException;
    }

    /** Saving of changes, on a device that otherwise loses them at a restart. */
    public interface Saving {

        /** True if something changed since the last {@link #save}. */
        boolean unsaved();

        /** Saves the running configuration as the startup configuration. Returns the complaint; empty if it worked. */
        Optional<String> save() throws RedirectException;
    }

    /** Reports of events by the device itself. */
    public interface Monitoring {

        /**
         * Starts reports of changes by others to these prefixes, and of events that may have removed their routes.
         * Unlike all other methods, this one may be called from another thread.
         *
         * @param told receives each event in the device's words, on another thread; {@link Watch#BEGINS} when reports
         *     are complete from now on; an empty text at the end
         * @throws RedirectException if the device cannot report events
         */
        Watch watch(Collection<Prefix> prefixes, Consumer<String> told) throws RedirectException;
    }

    /** Running reports. They end when this or the session is closed. */
    public interface Watch extends AutoCloseable {

        /** The event that starts the reports. Text before it is an error message. */
        String BEGINS = "watching";

        boolean isOpen();

        @Override
        void close();
    }
}
