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
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;

/**
 * What a server shows before an address has to come up on it. Reading this changes nothing.
 *
 * @param sends the program that can send frames there: perl, python3, arping or nothing
 * @param there true if the server has the interface
 * @param up true if the interface is up
 * @param hardware hardware address of the interface; empty if there is none
 * @param outside addresses that are in no subnet of the interface
 * @param holds addresses that are on the interface
 * @param hanging for each address it holds, the addresses that would go with it
 * @param answers for each address, the hardware addresses that answered for it on the LAN
 */
public record LanFacts(String sends, boolean there, boolean up, Optional<HardwareAddress> hardware,
        List<Address> outside, List<Address> holds,
        Map<Address, List<Address>> hanging,
        Map<Address, Set<HardwareAddress>> answers) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LISTEN = Duration.ofMillis(300);

    /**
     * Logs in, looks, and asks the LAN. Changes nothing. Blocks for some seconds.
     *
     * @param on interface where addresses would come up
     * @throws SshException if the server cannot be asked
     */
    public static LanFacts of(Server server, String on, Collection<Address> addresses) throws SshException {
        MacTable hardware = new MacTable(Map.of(), Set.of(new Leg(server.name(), on)), (leg, address) -> {
        });
        try (ServerLink link = new ServerLink(server, hardware, name -> {
        }, heard -> {
        }, Fence.NONE)) {
            link.session().sighted(); // who only looks has time for the whole login
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
                .filter(h -> !h.from().equals(on.hardware())) // the guard's program on this server may answer too
                .forEach(h -> answers.computeIfAbsent(h.address(), a -> new LinkedHashSet<>()).add(h.from()));
        return answers;
    }
}
