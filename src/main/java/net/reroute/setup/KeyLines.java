package net.reroute.setup;

import java.util.ArrayList;
import java.util.List;

/** What to type at a machine so that it lets a key in. */
final class KeyLines {

    static final String LINUX = "linux";
    static final String ED25519 = "keys/id_ed25519";
    static final String RSA = "keys/id_rsa";
    private static final String IOS = "cisco-ios";
    /** IOS takes no longer lines. */
    private static final int LONGEST = 200;

    private KeyLines() {}

    /** The key that devices of a dialect take: IOS knew RSA alone for most of its life. */
    static String key(String dialect) {
        return dialect.equals(IOS) ? RSA : ED25519;
    }

    /** The lines, from the login on; as the makers' manuals have them. */
    static List<String> of(String dialect, String user, String publicLine) {
        String key = publicLine.substring(0, publicLine.lastIndexOf(' '));
        return switch (dialect) {
            case LINUX, "frr" -> List.of("mkdir -p ~/.ssh && echo '" + publicLine + "' >> ~/.ssh/authorized_keys");
            case IOS -> ios(user, key.substring(key.indexOf(' ') + 1));
            case "cisco-nxos" -> List.of("configure terminal", "username " + user + " sshkey " + key, "end");
            case "arista-eos" -> List.of("enable", "configure", "username " + user + " ssh-key " + key, "end");
            case "juniper-junos" -> List.of("configure", "set system login user " + user + " authentication "
                    + key.substring(0, key.indexOf(' ')) + " \"" + key + "\"", "commit and-quit");
            case "vyos" -> List.of("configure",
                    "set system login user " + user + " authentication public-keys reroute type "
                            + key.substring(0, key.indexOf(' ')),
                    "set system login user " + user + " authentication public-keys reroute key "
                            + key.substring(key.indexOf(' ') + 1),
                    "commit", "save");
            case "mikrotik" -> List.of("/file add name=reroute.txt contents=\"" + key + "\"",
                    "/user ssh-keys import public-key-file=reroute.txt user=" + user);
            default -> List.of("(as its manual says, let this key in for " + user + ":)", publicLine);
        };
    }

    private static List<String> ios(String user, String base64) {
        List<String> lines = new ArrayList<>(List.of("configure terminal", "ip ssh pubkey-chain", " username " + user,
                "  key-string"));
        for (int at = 0; at < base64.length(); at += LONGEST) {
            lines.add("   " + base64.substring(at, Math.min(base64.length(), at + LONGEST)));
        }
        lines.addAll(List.of("   exit", "end"));
        return lines;
    }
}
