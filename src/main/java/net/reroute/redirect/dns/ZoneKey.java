package net.reroute.redirect.dns;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Zone.Key;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Secrets;
import net.reroute.ssh.SshException;
import org.xbill.DNS.TSIG;

/** Reads the key that signs updates. */
final class ZoneKey {

    /** As written by tsig-keygen(8). */
    private static final Pattern IN_KEY_FILE = Pattern.compile("secret\\s+\"?([A-Za-z0-9+/=]+)\"?");

    private ZoneKey() {}

    static TSIG read(Key key) throws RedirectException {
        try {
            String text = new String(Secrets.read(key.secret())).strip();
            Matcher file = IN_KEY_FILE.matcher(text);
            byte[] secret = Base64.getDecoder().decode(file.find() ? file.group(1) : text);
            return new TSIG(TSIG.algorithmToName(key.algorithm().toLowerCase(Locale.ROOT)), DnsNames.of(key.name()),
                    secret);
        } catch (SshException e) {
            throw new RedirectException(true, "the key " + key.name() + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            // The exception may quote the secret.
            throw new RedirectException(true,
                    "the secret of the key " + key.name() + " is not Base64; write the one line"
                            + " of the secret, or the whole output of tsig-keygen",
                    null);
        }
    }
}
