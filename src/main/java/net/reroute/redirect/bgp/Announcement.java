package net.reroute.redirect.bgp;

import net.reroute.core.BgpSites;

/**
 * What a speaker announces of a prefix.
 *
 * @param is what its configuration says
 * @param map the route-map of the line, if that is an admin's; empty if it has none
 * @param told how many neighbours it is advertised to
 * @param local true if it is in the speaker's table as its own
 * @param asn the speaker's AS number
 */
record Announcement(Is is, String map, int told, boolean local, String asn) {

    /** AS_IS: announced. WORSE: announced so that others are preferred. NOT: not announced. */
    enum Is {
        AS_IS, WORSE, NOT
    }

    /** Only reroute has route-maps whose names begin like this. */
    static final String WORSE = "reroute-worse";

    static Announcement of(BgpConfig config, BgpTable table) {
        boolean worse = config.map().startsWith(WORSE);
        Is announced = worse ? Is.WORSE : Is.AS_IS;
        return new Announcement(config.announced() ? announced : Is.NOT, worse ? "" : config.map(), table.told(),
                table.isLocal(), config.asn());
    }

    /** The name of the route-map that makes announcements worse: one for each set of ways. */
    static String worse(BgpSites sites) {
        StringBuilder name = new StringBuilder(WORSE);
        sites.worse().stream().sorted().forEach(w -> name.append('-').append(w.name().toLowerCase(
                java.util.Locale.ROOT)));
        return name.toString();
    }

    /** True if the speaker originates it although its configuration has no line for it, as by redistribution. */
    boolean otherwise() {
        return is == Is.NOT && local;
    }

    /** True if neighbours hear of it from this speaker, whoever made it announce. */
    boolean isHeard() {
        return local && told > 0;
    }

    /** True if the line is there and does nothing, as after its route-map was removed. */
    boolean isBroken() {
        return is == Is.WORSE && !local;
    }

    /** True if the table of the speaker is as its configuration says, and neighbours have been told. */
    boolean isSettled(Is wanted) {
        return is == wanted && (wanted == Is.NOT ? !local : isHeard());
    }
}
