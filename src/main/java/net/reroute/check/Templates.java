package net.reroute.check;

import net.reroute.core.Address;
import net.reroute.core.HostHeader;

/** Puts addresses in for {server} and {service}. */
final class Templates {

    private Templates() {}

    /** @throws IllegalArgumentException if it is no host with these addresses in it */
    static HostHeader host(String template, Address server, Address service) {
        // Brackets belong to IPv6, and the address itself knows whether it needs them.
        String plain = template.replace("[{server}]", "{server}").replace("[{service}]", "{service}");
        return HostHeader.parse(plain.replace("{server}", server.bracketed()).replace("{service}",
                service.bracketed()));
    }

    static String text(String template, Address server, Address service) {
        return template.replace("{server}", server.toString()).replace("{service}", service.toString());
    }

    /** A host as {@link net.reroute.core.CheckSpec#askedAt} has it. */
    static Address address(String template, Address server, Address service) {
        return switch (template) {
            case "{server}" -> server;
            case "{service}" -> service;
            default -> Address.parse(template);
        };
    }
}
