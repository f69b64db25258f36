package net.reroute.check;

import net.reroute.core.Address;

/** Puts addresses in for {server} and {service}. */
final class Templates {

    private Templates() {}

    static String text(String template, Address server, Address service) {
        return template.replace("{server}", server.toString()).replace("{service}", service.toString());
    }

    /** A host, with or without the brackets of IPv6. */
    static Address address(String template, Address server, Address service) {
        return switch (template) {
            case "{server}" -> server;
            case "{service}" -> service;
            default -> Address.parse(template.startsWith("[")
                    ? template.substring(1, template.length() - 1)
                    : template);
        };
    }
}
