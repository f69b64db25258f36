package net.reroute.redirect.arp;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Facts.Leg;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Server;
import net.reroute.redirect.arp.LanScript.SendTool;
import net.reroute.ssh.SshException;

/**
 * What a server shows to one who only looks, before an address has to come up on it.
 *
 * @param sends what it can send frames with: perl, python3, arping or nothing
 * @param there whether it has the interface
 * @param up whether that is up
 * @param hardware its hardware address
 * @param outside addresses asked for that are in none of its networks
 * @param holds the addresses asked for that are on it
 * @param hanging addresses that would go together with one it holds, by that one
 * @param answers the hardware addresses that answered for an address, as it heard them
 */
public record LanFacts(String sends, boolean there, boolean up, Optional<HardwareAddress> hardware,
        List<Address> outside, List<Address> holds,
        Map<Address, List<Address>> hanging,
        Map<Address, Set<HardwareAddress>> answers) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LISTEN = Duration.ofMillis(300);

    /**
     * Logs in and looks; asks the LAN, and changes nothing.
     *
     * @param on the interface where addresses would come up
     * @throws SshException if it cannot be asked
     */
    public static LanFacts of(Server server, String on, Collection<Address> addresses) throws SshException {
        MacTable hardware = new MacTable(Map.of(), Set.of(new Leg(server.name(), on)), (leg, address) -> {
        });
        try (ServerLink link = new ServerLink(server, hardware, name -> {
        }, heard -> {
        })) {
            Optional<Interface> found = link.interfaces(PATIENCE).stream().filter(i -> i.name().equals(on)).findFirst();
            if (found.isEmpty()) {
                return new LanFacts(word(link.session().tool()), false, false, Optional.empty(), List.of(), List.of(),
                        Map.of(),
                        Map.of());
            }
            Interface there = found.get();
            List<Address> holds = addresses.stream().filter(a -> there.entry(a).isPresent()).toList();
            List<Address> outside = addresses.stream().filter(a -> !there.reaches(a)).toList();
            return new LanFacts(word(link.session().tool()), true, there.up(), Optional.of(there.hardware()), outside,
                    holds,
                    hanging(link, there, holds),
                    there.up() ? answers(link, there, addresses) : Map.of());
        }
    }

    private static String word(SendTool tool) {
        return tool.name().toLowerCase(Locale.ROOT);
    }

    private static Map<Address, List<Address>> hanging(ServerLink link, Interface on, List<Address> holds)
            throws SshException {
        Map<Address, List<Address>> hanging = new LinkedHashMap<>();
        for (Address address : holds) {
            List<Address> others = on.goingWith(on.entry(address).orElseThrow());
            if (!others.isEmpty() && !link.run(link.script().promotes(on.name()), PATIENCE).out().contains("1")) {
                hanging.put(address, others);
            }
        }
        return hanging;
    }

    private static Map<Address, Set<HardwareAddress>> answers(ServerLink link, Interface on,
            Collection<Address> addresses)
            throws SshException {
        Map<Address, Set<HardwareAddress>> answers = new LinkedHashMap<>();
        link.socket().ask(Map.of(on.name(), List.copyOf(addresses)), LISTEN).stream()
                .filter(h -> !h.from().equals(on.hardware())) // who looks after it speaks for it too
                .forEach(h -> answers.computeIfAbsent(h.address(), a -> new LinkedHashSet<>()).add(h.from()));
        return answers;
    }
}
