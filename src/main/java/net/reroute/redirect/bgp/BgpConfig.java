package net.reroute.redirect.bgp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * What the configuration of a router says of one prefix, as IOS and FRR write it.
 *
 * @param asn of the instance
 * @param families true if the instance has its lines of IPv4 under an address family
 * @param announced true if it has a line for the prefix
 * @param map the route-map of that line; empty if it has none
 */
record BgpConfig(String asn, boolean families, boolean announced, String map) {

    private static final Pattern INSTANCE = Pattern.compile("router bgp (\\d+(?:\\.\\d+)?)\\s*");
    /** Not that of a VRF, and not for multicast. */
    private static final Pattern FAMILY = Pattern.compile("address-family ipv[46]( unicast)?");
    private static final Pattern NETWORK = Pattern
            .compile("\\s+network ([0-9a-fA-F:./]+)(?: mask ([\\d.]+))?(?:\\s.*?)??(?: route-map (\\S+))?\\s*");

    /** Empty if there is no {@code router bgp} of the default VRF. */
    static Optional<BgpConfig> read(String config, Prefix prefix) {
        String asn = "";
        boolean within = false;
        boolean families = false;
        boolean main = true;
        Optional<String> map = Optional.empty();
        for (String line : config.split("\n")) {
            Matcher instance = INSTANCE.matcher(line);
            if (instance.matches()) {
                asn = instance.group(1);
                within = true;
                main = true;
            } else if (!line.startsWith(" ") && !line.isBlank()) {
                within = false;
            }
            if (within && line.strip().startsWith("address-family ")) {
                main = FAMILY.matcher(line.strip()).matches();
                families |= main && line.contains("ipv4");
            } else if (within && line.strip().equals("exit-address-family")) {
                main = true;
            }
            Matcher network = NETWORK.matcher(line);
            if (within && main && network.matches() && !line.contains(" backdoor") && isFor(prefix, network)) {
                map = Optional.of(Optional.ofNullable(network.group(3)).orElse(""));
            }
        }
        return asn.isEmpty()
                ? Optional.empty()
                : Optional.of(new BgpConfig(asn, families, map.isPresent(), map.orElse("")));
    }

    private static boolean isFor(Prefix prefix, Matcher network) {
        String text = network.group(1);
        if (text.contains("/")) {
            return Prefix.tryParse(text).filter(prefix::equals).isPresent();
        }
        boolean same = Address.tryParse(text).filter(prefix.network()::equals).isPresent();
        return same && (network.group(2) == null
                ? prefix.length() == classful(prefix.network())
                : network.group(2).equals(prefix.mask().toString()));
    }

    /** The length of a network without a mask (RFC 791, 3.2). */
    private static int classful(Address address) {
        int first = address.bits().shiftRight(24).intValue();
        if (first < 128) {
            return 8;
        }
        return first < 192 ? 16 : 24;
    }
}
