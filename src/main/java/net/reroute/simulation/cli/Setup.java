package net.reroute.simulation.cli;

/**
 * The login of a device, and its settings.
 *
 * @param password for {@code user}
 * @param enable password for the privileged mode; empty = none is asked for
 * @param privileged the user needs no {@code enable}
 * @param archive whether a timed revert can be had
 * @param banner message of the day
 */
public record Setup(String hostname, String user, String password, String enable, boolean privileged,
        boolean archive, String banner) {

    public static Setup of(String hostname, String user, String password, String enable) {
        return new Setup(hostname, user, password, enable, false, true, "");
    }
}
