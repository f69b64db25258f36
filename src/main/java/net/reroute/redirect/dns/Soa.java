package net.reroute.redirect.dns;

import net.reroute.redirect.RedirectException;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks for the serial number of a zone, which grows with every change (RFC 1982). */
record Soa(Name zone) {

    Message question() {
        return Message.newQuery(DnsNames.question(zone, Type.SOA));
    }

    long serial(NameServerClient server) throws RedirectException {
        return serial(server, server.ask(question()));
    }

    long serial(NameServerClient server, Message answer) throws RedirectException {
        return answer.getSection(Section.ANSWER).stream().filter(SOARecord.class::isInstance)
                .map(r -> ((SOARecord) r).getSerial()).findFirst()
                .orElseThrow(() -> new RedirectException(true, server + " has no zone " + zone.toString(true)
                        + "; check 'zone' and 'servers' in the inventory", null));
    }
}
