package net.reroute.check;

import net.reroute.core.Address;
import net.reroute.core.HostHeader;

/** Replaces {server} and {service} by addresses. */
final class Templates {

    private Templates() {}

    /** @throws IllegalArgumentException if the result is not a valid host */
    static HostHeader host(String template, Address server, Address service) {
        // Drop brackets around placeholders; bracketed() adds them for IPv6.
        String plain = template.replace("[{server}]", "{server}").replace("[{service}]", "{service}");
        return HostHeader.parse(plain.replace("{server}", server.bracketed()).replace("{service}",
                service.bracketed()));
    }

    static String text(String template, Address server, Address service) {
        return template.replace("{server}", server.toString()).replace("{service}", service.toString());
    }

    /** The address for a host of the form that {@link net.reroute.core.CheckSpec#askedAt} returns. */
    static Address address(String template, Address server, Address service) {
        return switch (template) {
            case "{server}" -> server;
            case "{service}" -> service;
            default -> Address.parse(template);
        };
    }
}
