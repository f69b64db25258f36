package net.reroute.redirect.flows;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.Nft;

/** Whether a router's nft can keep connections. */
final class NftVersion {

    private static final Pattern VERSION = Pattern.compile("nftables v(\\d+)\\.(\\d+)");

    private NftVersion() {}

    /**
     * @throws RedirectException refused, if there is none, or it is older than 1.0: rejects before routing and verdict maps
     *     by expressions came with it, nftables.org/projects/nftables/files/changes-nftables-1.0.0.txt
     */
    static void check(Nft router) throws RedirectException {
        String said = router.run("nft --version 2>&1\n").out().strip();
        Matcher version = VERSION.matcher(said);
        if (!version.find()) {
            throw new RedirectException(true, said.contains("not found")
                    ? "it has no nft, which keeps connections; install nftables there (1.0 or later)"
                    : "it does not tell the version of its nft: " + said, null);
        }
        if (Integer.parseInt(version.group(1)) < 1) {
            throw new RedirectException(true, "its nft is " + version.group(1) + "." + version.group(2)
                    + ", and keeping connections needs 1.0 or later", null);
        }
    }
}
