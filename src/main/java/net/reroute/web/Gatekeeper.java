package net.reroute.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.WebSpec;
import net.reroute.web.Caller.Proof;

/** Decides who sent a request, and whether it may be answered. */
final class Gatekeeper {

    static final String COOKIE = "reroute";
    static final String MARK = "X-Reroute-Mark";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    /** RFC 9110 section 15.5.20. */
    private static final int MISDIRECTED = 421;
    private static final int TOO_MANY = 429;
    private static final String PERSON = "[A-Za-z0-9][A-Za-z0-9@._-]{0,63}";

    private final WebSpec spec;
    private final Set<String> names;
    private final Logins logins;
    /** Of wrong secrets only: who has the right one is never locked out by those who guess. */
    private final RateLimit failures = new RateLimit(0.1, 10);
    private final RateLimit actions = new RateLimit(5, 50);
    /** A hundred open pages come from one address when they stand behind a proxy. */
    private final RateLimit requests = new RateLimit(500, 5000);

    /** @param names of hosts that may be asked for, beside the address itself */
    Gatekeeper(WebSpec spec, Set<String> names, Logins logins) {
        this.spec = spec;
        this.names = names;
        this.logins = logins;
    }

    Logins logins() {
        return logins;
    }

    /** Why this request is not even looked at; empty if it is. */
    Optional<Reply> objection(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return hosts.size() == 1 && isOurs(hosts.getFirst())
                ? Optional.empty()
                : Optional.of(Reply.problem(MISDIRECTED, "Not this host",
                        "this daemon is not served under that name; use " + spec.listen()
                                + ", or write the name under 'names:' in settings: web:"));
    }

    /** Who is known has a limit of its own: strangers behind the same address do not use it up. */
    boolean mayAsk(HttpExchange exchange, Optional<Caller> caller) {
        return requests.take(caller.filter(c -> c.proof() != Proof.NONE).map(c -> c.proof() + " " + c.name())
                .orElseGet(() -> remote(exchange)));
    }

    /**
     * Whether a page of somebody else's sent it. A browser lets such a page send what it cannot read the answer of,
     * and that is enough to make this daemon work (Fetch Metadata; the header Origin of RFC 6454).
     */
    boolean isForeign(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getFirst("Origin");
        boolean elsewhere = origin != null && !origin.replaceFirst("^https?://", "")
                .equalsIgnoreCase(Optional.ofNullable(headers.getFirst("Host")).orElse(""));
        return site == null ? elsewhere : !Set.of("same-origin", "none").contains(site);
    }

    static Reply foreign() {
        return Reply.problem(FORBIDDEN, "Not from this page", "another site's page sent this; open this one by itself");
    }

    /** A foreign name that leads here may belong to a page that wants to read this one (DNS rebinding). */
    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll(":\\d{1,5}$", "").replaceAll("^\\[(.*)]$", "$1");
        boolean loopback = name.equals("localhost")
                || Address.tryParse(name).filter(Address::isLoopback).isPresent();
        return loopback && spec.isLoopback() || name.equals(spec.listen().address().toString())
                || isAny(spec.listen().address()) && Address.tryParse(name).isPresent() || names.contains(name);
    }

    private static boolean isAny(Address address) {
        return address.inet().isAnyLocalAddress();
    }

    /** The caller; empty if a login is needed even to read. */
    Optional<Caller> caller(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String authorization = headers.getFirst("Authorization");
        if (authorization != null && authorization.startsWith("Bearer ")) {
            return logins.byToken(authorization.substring("Bearer ".length()).strip());
        }
        Optional<Caller> session = cookie(headers).flatMap(logins::bySession);
        if (session.isPresent()) {
            return session;
        }
        boolean proxied = isProxy(exchange);
        if (proxied) {
            Optional<Caller> person = Optional.ofNullable(headers.getFirst(spec.proxy().orElseThrow().header()))
                    .filter(n -> n.matches(PERSON)).map(n -> new Caller(n, true, Proof.PROXY, n));
            if (person.isPresent()) {
                return person;
            }
        }
        boolean here = spec.isLoopback() && !proxied && !headers.containsKey("X-Forwarded-For")
                && !headers.containsKey("Forwarded");
        return here || spec.anyoneReads() ? Optional.of(Caller.READER) : Optional.empty();
    }

    private boolean isProxy(HttpExchange exchange) {
        InetAddress from = exchange.getRemoteAddress().getAddress();
        return spec.proxy().filter(p -> p.from().contains(Address.of(from))).isPresent();
    }

    static Optional<String> cookie(Headers headers) {
        return headers.getOrDefault("Cookie", List.of()).stream().flatMap(c -> List.of(c.split(";")).stream())
                .map(String::strip).filter(c -> c.startsWith(COOKIE + "=")).map(c -> c.substring(COOKIE.length() + 1))
                .findFirst();
    }

    /** Why this caller may not change anything; empty if it may. */
    Optional<Reply> mayNotAct(Caller caller, HttpExchange exchange) {
        if (caller.proof() == Proof.NONE) {
            return Optional.of(login());
        }
        if (!caller.mayAct()) {
            return Optional.of(Reply.problem(FORBIDDEN, "Read only",
                    "the token of " + caller.name() + " may look, and change nothing"));
        }
        String mark = exchange.getRequestHeaders().getFirst(MARK);
        if (caller.isAmbient() && (mark == null || !logins.isMark(caller, mark))) {
            return Optional.of(Reply.problem(FORBIDDEN, "Not from this page",
                    "the header " + MARK
                            + " is missing or wrong; the login tells it, and behind a proxy GET /api/v1/session"));
        }
        return actions.take(caller.name()) ? Optional.empty() : Optional.of(tooMany());
    }

    static Reply login() {
        return Reply.problem(UNAUTHORIZED, "Login needed",
                "log in with a token; 'reroute token add NAME' on the daemon's machine makes one")
                .with("WWW-Authenticate", "Bearer realm=\"reroute\"");
    }

    /** Notes a wrong secret. Returns false if there were too many. */
    boolean mayTry(HttpExchange exchange) {
        return failures.take(remote(exchange));
    }

    static Reply tooMany() {
        return Reply.problem(TOO_MANY, "Too many requests", "wait a little, and ask again").with("Retry-After", "10");
    }

    static String remote(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
}
