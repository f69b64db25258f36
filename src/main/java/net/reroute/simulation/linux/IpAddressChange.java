package net.reroute.simulation.linux;

import java.util.Optional;

/** {@code ip addr add} and {@code ip addr del}, with the words that reroute types and most people. */
final class IpAddressChange {

    private final LinuxNetwork network;
    private Optional<LinuxLink> link = Optional.empty();
    private Optional<String> label = Optional.empty();
    private boolean broadcast;

    IpAddressChange(LinuxNetwork network) {
        this.network = network;
    }

    /** Makes the change. Returns the command as typed. */
    String make(IpArguments words) throws IpFailure {
        String typed = "ip addr " + words.rest();
        boolean add = words.next().equals("add");
        IpNet net = words.net(Optional.empty());
        while (words.hasNext()) {
            option(words);
        }
        LinuxLink on = link.orElseThrow(() -> IpFailure.fatal("Not enough information: \"dev\" argument is required.",
                1));
        if (add) {
            network.add(on, new LinkAddress(net, broadcast, label.orElse(net.address().v6() ? "" : on.name())));
        } else {
            network.remove(on, net);
        }
        return typed;
    }

    private void option(IpArguments words) throws IpFailure {
        String word = words.next();
        switch (word) {
            case "dev" -> link = Optional.of(device(words.need()));
            case "label" -> label = Optional.of(words.need());
            case "brd", "broadcast" -> broadcast = !words.need().isEmpty();
            case "scope" -> words.scope();
            case "nodad" -> label = Optional.of(word);
            default -> throw IpFailure.fatal("Error: either \"local\" is duplicate, or \"" + word
                    + "\" is a garbage.", 255);
        }
    }

    private LinuxLink device(String name) throws IpFailure {
        return network.link(name)
                .orElseThrow(() -> IpFailure.mild("Cannot find device \"" + name + "\""));
    }
}
