package net.reroute.core;

/**
 * What a health is about.
 *
 * @param server name
 * @param check name
 * @param service name, if the result depends on the service; otherwise empty
 */
public record Target(String server, String check, String service) {

    /** Used in place of a check's name: whether the server has the service's address. */
    public static final String ADDRESS = "address";

    @Override
    public String toString() {
        return server + " " + check + (service.isEmpty() ? "" : " for " + service);
    }
}
