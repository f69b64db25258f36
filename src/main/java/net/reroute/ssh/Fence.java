package net.reroute.ssh;

import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Shell.Output;

/**
 * Keeps a controller from typing once another one has taken over. Where there is a shell, the epoch is compared on that
 * machine, inside the same locked command that changes something: a controller that was stopped in the middle cannot
 * pass it. Where there is none, {@link #confirm} is called right before each line.
 */
public interface Fence {

    /** For a controller that has no others beside it. */
    Fence NONE = new Fence() {
        @Override
        public Pass check() {
            return Pass.FREE;
        }

        @Override
        public void confirm() {
            // it is alone
        }
    };

    /**
     * Fails if this controller may not type at this moment, as far as it knows itself: the machine has the last word.
     *
     * @return for the change that follows
     * @throws SshException refused; the message tells who leads
     */
    Pass check() throws SshException;

    /**
     * Fails if this controller may not type at this moment, by asking whoever has to know. It may take some milliseconds.
     * For what no machine compares.
     *
     * @throws SshException refused; the message tells who leads
     */
    void confirm() throws SshException;

    /** As {@link #confirm}, for redirectors. */
    default void admit() throws RedirectException {
        try {
            confirm();
        } catch (SshException e) {
            throw new RedirectException(e.refused(), e.getMessage(), e);
        }
    }

    /**
     * The right to one change, under the epoch that this controller led in when it was given. It does not grow with later
     * epochs: a controller that is stopped between the check and the change must not use that of its successor.
     */
    interface Pass {

        /** Nothing is compared. */
        Pass FREE = new Pass() {
            @Override
            public String around(String script) {
                return script;
            }

            @Override
            public void passed(Output answer) {
                // nothing was compared
            }
        };

        /** The script inside the lock of its machine, to be run only if no later epoch is known there. */
        String around(String script);

        /**
         * Fails if the machine did not run the script.
         *
         * @throws SshException refused, for a later epoch; the script was not run
         */
        void passed(Output answer) throws SshException;
    }
}
