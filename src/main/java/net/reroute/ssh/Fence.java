package net.reroute.ssh;

import net.reroute.ssh.Shell.Output;

/**
 * Keeps a controller from typing once another one has taken over. Where there is a shell, the epoch is compared on that
 * machine, inside the same locked command that changes something: a controller that was stopped in the middle cannot
 * pass it. Where there is none, {@link #check} is called right before each line.
 */
public interface Fence {

    /** For a controller that has no others beside it. */
    Fence NONE = () -> Pass.FREE;

    /**
     * Fails if this controller may not type at this moment.
     *
     * @return for the change that follows
     * @throws SshException refused; the message tells who leads
     */
    Pass check() throws SshException;

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
