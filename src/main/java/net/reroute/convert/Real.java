package net.reroute.convert;

/**
 * A server behind a virtual one, or behind a proxy.
 *
 * @param wish for its name
 * @param port 0 if it is that of the virtual server
 * @param weight 0 if it gets nothing
 * @param backup true if it serves only when the others cannot
 */
record Real(Place place, String wish, Host host, int port, int weight, boolean backup) {

    int port(int otherwise) {
        return port == 0 ? otherwise : port;
    }
}
