package net.reroute.simulation.cli;

/**
 * The login of a device, and its settings.
 *
 * @param password of {@code user}
 * @param enable password for privileged mode; empty: not asked for
 * @param privileged true if the login leads to privileged mode
 * @param archive true if a timed revert is possible
 * @param banner message of the day
 */
public record Setup(String hostname, String user, String password, String enable, boolean privileged,
        boolean archive, String banner) {

    /** A device with a timed revert and without a banner. Its login leads to user mode, if the device has one. */
    public static Setup of(String hostname, String user, String password, String enable) {
        return new Setup(hostname, user, password, enable, false, true, "");
    }
}
