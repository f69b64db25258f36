package net.reroute.redirect.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Durations;
import net.reroute.core.Zone;
import net.reroute.core.Zone.NameServer;
import net.reroute.redirect.RedirectException;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIGRecord;

/** Asks one name server, over TCP and signed where there is a key. Only answers that prove themselves count. */
final class NameServerClient {

    private final NameServer server;
    private final Zone zone;
    private final Duration within;
    private final SimpleResolver resolver;

    private NameServerClient(NameServer server, Zone zone, Duration within) throws RedirectException {
        this.server = server;
        this.zone = zone;
        this.within = within;
        this.resolver = new SimpleResolver(new InetSocketAddress(server.address().inet(), server.port()));
        resolver.setTCP(true); // nobody off the path can answer in its place
        resolver.setTimeout(within);
        if (zone.key().isPresent()) {
            resolver.setTSIGKey(ZoneKey.read(zone.key().get()));
        }
    }

    /** One client for each name server of a zone. */
    static List<NameServerClient> of(Zone zone, Duration within) throws RedirectException {
        List<NameServerClient> all = new ArrayList<>();
        for (NameServer server : zone.servers()) {
            all.add(new NameServerClient(server, zone, within));
        }
        return all;
    }

    CompletableFuture<Message> begin(Message message) {
        message.getHeader().unsetFlag(Flags.RD);
        return resolver.sendAsync(message, Runnable::run).toCompletableFuture();
    }

    /** Asks and waits. The answer is authoritative; it may say that there is no such record. */
    Message ask(Message query) throws RedirectException {
        return await(begin(query));
    }

    /** Waits for an answer that is signed as the question was. Answers to questions are authoritative. */
    Message await(CompletableFuture<Message> begun) throws RedirectException {
        Message answer = answer(begun);
        if (zone.key().isPresent() && !answer.isVerified()) {
            throw new RedirectException(true, unproven(answer), null);
        }
        if (answer.getHeader().getOpcode() == Opcode.UPDATE) {
            return answer;
        }
        int rcode = answer.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            throw new RedirectException(true, server + " " + complaint(answer), null);
        }
        if (!answer.getHeader().getFlag(Flags.AA)) {
            throw new RedirectException(true, server + " is not authoritative for " + zone.name()
                    + "; list the zone's own name servers in 'servers'", null);
        }
        return answer;
    }

    private Message answer(CompletableFuture<Message> begun) throws RedirectException {
        try {
            // The resolver has the same deadline; this one holds if its thread does not run.
            return begun.get(within.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RedirectException(false, server + " cannot be asked: " + why(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new RedirectException(false, server + " cannot be asked: " + why(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedirectException(false, "the question to " + server + " was cut off", e);
        }
    }

    private String why(Throwable cause) {
        boolean late = cause instanceof TimeoutException || cause instanceof IOException
                && String.valueOf(cause.getMessage()).startsWith("Timed out");
        return late || cause.getMessage() == null ? "no answer in " + Durations.text(within) : cause.getMessage();
    }

    /** A server that does not know the key answers without a signature, and says so (RFC 8945, 5.2). */
    private String unproven(Message answer) {
        String key = "the key " + zone.key().orElseThrow().name();
        TSIGRecord signature = answer.getTSIG();
        if (signature == null) {
            return server + " answers without a signature (" + Rcode.string(answer.getRcode()) + "); it may not know "
                    + key;
        }
        return switch (signature.getError()) {
            case Rcode.BADKEY -> server + " does not know " + key + " (BADKEY); check its name and algorithm";
            case Rcode.BADSIG -> server + " has another secret for " + key + " (BADSIG)";
            case Rcode.BADTIME ->
                server + " has another time than this machine (BADTIME), so " + key + " does not work";
            default -> "the answer of " + server + " is not signed by " + key;
        };
    }

    /** Why it did not do what it was asked to. */
    String complaint(Message answer) {
        return switch (answer.getRcode()) {
            case Rcode.REFUSED -> "does not allow this (REFUSED); allow it there"
                    + zone.key().map(k -> " for the key " + k.name()).orElse(", best for a key, and write 'tsig:'")
                    + ", if it has the zone";
            case Rcode.NOTAUTH -> "is not authoritative for " + zone.name() + " (NOTAUTH)";
            case Rcode.NXRRSET, Rcode.YXRRSET, Rcode.NXDOMAIN, Rcode.YXDOMAIN ->
                "somebody else has changed the records meanwhile";
            default -> "answered " + Rcode.string(answer.getRcode());
        };
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
