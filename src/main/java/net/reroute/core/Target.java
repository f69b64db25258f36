package net.reroute.core;

/**
 * What one health is about.
 *
 * @param server name
 * @param check name
 * @param service name where the outcome depends on it; else empty
 */
public record Target(String server, String check, String service) {

    /** In place of a check: the question whether the server has the service's address. */
    public static final String ADDRESS = "address";

    @Override
    public String toString() {
        return server + " " + check + (service.isEmpty() ? "" : " for " + service);
    }
}
