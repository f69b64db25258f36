package net.reroute.inventory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Login.Secret;
import net.reroute.core.Names;
import net.reroute.core.Zone;
import net.reroute.core.Zone.Key;
import net.reroute.core.Zone.NameServer;
import net.reroute.core.Zone.ZoneFile;

/** Reads where the records of a name are kept: the zone, and its name servers or file. */
final class ZoneReader {

    static final List<String> KEYS = List.of("zone", "servers", "tsig", "file", "reload");

    private static final List<String> TSIG_KEYS = List.of("name", "algorithm", "key");
    /** RFC 8945, 6, without those that must not be used any more. */
    private static final List<String> ALGORITHMS = List.of("hmac-sha256", "hmac-sha384", "hmac-sha512", "hmac-sha224");

    private final LoginReader secrets;

    ZoneReader(LoginReader secrets) {
        this.secrets = secrets;
    }

    Optional<Zone> read(Fields fields) {
        Optional<String> name = fields.required("zone", ZoneReader::name);
        List<NameServer> servers = fields.words("servers").stream()
                .flatMap(s -> fields.parsedAs("servers", s, ZoneReader::server).stream()).toList();
        Optional<ZoneFile> file = file(fields);
        if (!fields.has("servers") && !fields.has("file")) {
            fields.problem("zone", fields.what() + " needs 'servers:', the zone's name servers, the one that takes"
                    + " updates first, or 'file:', the zone's file on this machine");
        }
        return name.filter(n -> !servers.isEmpty() || file.isPresent())
                .map(n -> new Zone(n, servers, key(fields), file));
    }

    private static String name(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        DnsNameText.complaint("x." + name).ifPresent(why -> {
            throw new IllegalArgumentException("'" + text + "' is no zone; write it like widgetco.example");
        });
        return name;
    }

    private static NameServer server(String text) {
        Optional<Address> alone = Address.tryParse(text);
        if (alone.isPresent()) {
            return new NameServer(ServerAddress.machine(alone.get()), Zone.PORT);
        }
        HostPort at = HostPort.parse(text);
        if (Address.tryParse(at.host()).isEmpty()) {
            throw new IllegalArgumentException("a name server is written by its address, like \"192.168.1.53\", not '"
                    + text + "'");
        }
        return new NameServer(Address.parse(at.host()), at.port());
    }

    private Optional<Key> key(Fields fields) {
        return fields.inner("tsig", TSIG_KEYS).flatMap(tsig -> {
            Optional<String> name = tsig.required("name", ZoneReader::keyName);
            String algorithm = tsig.value("algorithm", ZoneReader::algorithm).orElse(ALGORITHMS.getFirst());
            Optional<Secret> secret = secrets.secret(tsig, "key");
            if (!tsig.has("key")) {
                tsig.problem("key", "tsig of " + fields.what() + " needs 'key: {file: FILE}', with the output of"
                        + " tsig-keygen");
            }
            return name.flatMap(n -> secret.map(s -> new Key(n, algorithm, s)));
        });
    }

    private static String keyName(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,253}")) {
            throw new IllegalArgumentException("'" + text + "' is no name of a key");
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String algorithm(String text) {
        String algorithm = text.toLowerCase(Locale.ROOT);
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("'algorithm' is one of " + String.join(", ", ALGORITHMS) + ", not '"
                    + text + "'" + Names.didYouMean(algorithm, ALGORITHMS));
        }
        return algorithm;
    }

    private Optional<ZoneFile> file(Fields fields) {
        Optional<Path> path = fields.value("file", secrets::path);
        if (fields.has("reload") && !fields.has("file")) {
            fields.problem("reload", "'reload' belongs to 'file:'; name servers that take updates need none");
        }
        path.filter(p -> Files.isDirectory(p)).ifPresent(p -> fields.problem("file", p + " is a folder, not a file"));
        return path.map(p -> new ZoneFile(p, fields.words("reload")));
    }
}
