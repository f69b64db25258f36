package net.reroute.redirect.dns;

import java.net.InetAddress;
import net.reroute.core.Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Translates names and addresses to those of dnsjava and back. */
final class DnsNames {

    private DnsNames() {}

    /** @param text without the dot at its end */
    static Name of(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(text + " is no name in DNS: " + e.getMessage(), e);
        }
    }

    static Record question(Name name, int type) {
        return Record.newRecord(name, type, DClass.IN);
    }

    static Record record(Name name, Address address, long ttl) {
        InetAddress of = address.inet();
        return address.v6() ? new AAAARecord(name, DClass.IN, ttl, of) : new ARecord(name, DClass.IN, ttl, of);
    }

    /** The address of an A or AAAA record. */
    static Address address(Record record) {
        InetAddress address = record instanceof AAAARecord six
                ? six.getAddress()
                : ((ARecord) record).getAddress();
        return Address.of(address);
    }
}
