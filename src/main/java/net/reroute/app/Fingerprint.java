package net.reroute.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import net.reroute.core.Inventory;

/** Tells whether two controllers have the same inventory. */
final class Fingerprint {

    private static final int DIGITS = 12;

    private Fingerprint() {}

    /** The same for inventories that lead to the same decisions. Settings may differ, like where the page is served. */
    static String of(Inventory inventory) {
        String text = List.of(inventory.routers(), inventory.servers(), inventory.checks(), inventory.services(),
                inventory.names(), inventory.switches(), inventory.response(), inventory.settings().cluster())
                .toString();
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
