package net.reroute.redirect.arp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Prefix;

/**
 * A server's interface as {@code ip -j addr show} prints it.
 *
 * @param name in the kernel
 * @param hardware its hardware address
 * @param up false if an admin or reroute set it down
 * @param entries its addresses, in the kernel's order
 */
record Interface(String name, HardwareAddress hardware, boolean up, List<AssignedAddress> entries) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names that are safe in a shell. The kernel accepts almost any name. */
    static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.+@-]{0,14}";

    /**
     * An address of an interface.
     *
     * @param address without its prefix length
     * @param length of its prefix
     * @param secondary true if it goes with its primary address, unless promote_secondaries is set
     * @param words that must follow {@code ip addr add} to restore exactly this address
     */
    record AssignedAddress(Address address, int length, boolean secondary, List<String> words) {

        private Prefix subnet() {
            return Prefix.around(address, length);
        }
    }

    /**
     * Reads all Ethernet interfaces with a safe name.
     *
     * @throws IOException if the text is not JSON
     * @throws IllegalArgumentException if an address is not valid
     */
    static List<Interface> read(String json) throws IOException {
        List<Interface> all = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            if (node.path("link_type").asText().equals("ether") && node.path("ifname").asText().matches(NAME)) {
                all.add(of(node));
            }
        }
        return all;
    }

    /** False if the name might mean something to a shell. */
    boolean isNamedSafely() {
        return name.matches(NAME);
    }

    static Interface of(JsonNode node) {
        List<AssignedAddress> entries = new ArrayList<>();
        for (JsonNode info : node.path("addr_info")) {
            entries.add(entry(info, node.path("ifname").asText()));
        }
        boolean up = false;
        for (JsonNode flag : node.path("flags")) {
            up |= flag.asText().equals("UP");
        }
        return new Interface(node.path("ifname").asText(), new HardwareAddress(node.path("address").asText()), up,
                List.copyOf(entries));
    }

    /** The words come from the server and are sent back to it later, so each one is checked. */
    private static AssignedAddress entry(JsonNode info, String on) {
        Address address = Address.parse(info.path("local").asText());
        int length = info.path("prefixlen").asInt(-1);
        if (length < 0 || length > address.width()) {
            throw new IllegalArgumentException("an address with a length of " + length);
        }
        List<String> words = new ArrayList<>(List.of(address + "/" + length));
        word(info, "broadcast", "[0-9.]+").ifPresent(b -> words.addAll(List.of("brd", b)));
        words.addAll(List.of("dev", on));
        word(info, "scope", "[a-z]+|\\d+").filter(s -> !address.v6()).ifPresent(s -> words.addAll(List.of("scope", s)));
        word(info, "label", "[A-Za-z0-9._:-]+").ifPresent(l -> words.addAll(List.of("label", l)));
        if (info.path("noprefixroute").asBoolean()) {
            words.add("noprefixroute");
        }
        word(info, "metric", "\\d+").ifPresent(m -> words.addAll(List.of("metric", m)));
        if (info.path("deprecated").asBoolean()) {
            words.addAll(List.of("preferred_lft", "0")); // else this server would open connections from it
        }
        return new AssignedAddress(address, length, info.path("secondary").asBoolean(), List.copyOf(words));
    }

    private static Optional<String> word(JsonNode info, String key, String form) {
        return Optional.of(info.path(key).asText()).filter(w -> w.matches(form));
    }

    Optional<AssignedAddress> entry(Address address) {
        return entries.stream().filter(e -> e.address().equals(address)).findFirst();
    }

    /** True if an address is in one of the interface's subnets. A host address has no subnet. */
    boolean reaches(Address address) {
        return entries.stream().anyMatch(e -> e.length() < e.address().width() && e.address().v6() == address.v6()
                && e.subnet().contains(address));
    }

    /** All entries of an address: the kernel accepts one for each prefix length. */
    List<AssignedAddress> entriesOf(Address address) {
        return entries.stream().filter(e -> e.address().equals(address)).toList();
    }

    /** Addresses that the kernel removes together with this one, unless promote_secondaries is set. */
    List<Address> goingWith(AssignedAddress entry) {
        return entry.secondary() || entry.address().v6()
                ? List.of()
                : entries.stream().filter(e -> e.secondary() && e.length() == entry.length()
                        && e.subnet().equals(entry.subnet())).map(AssignedAddress::address).toList();
    }
}
