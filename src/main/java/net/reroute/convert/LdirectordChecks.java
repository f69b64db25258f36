package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.Durations;

/** Reads the checks of ldirectord. Options at a virtual server count before those of the file. */
final class LdirectordChecks {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration NEGOTIATE = Duration.ofSeconds(30);

    private final Block own;
    private final Block global;
    private final String type;
    private final String service;
    private final Optional<Statement> request;
    private final Optional<Statement> receive;
    private final String host;
    private final Optional<Integer> port;

    /**
     * The checks of a virtual server.
     *
     * @param usualPort that of its first server, which says what is asked where the source does not
     */
    LdirectordChecks(Block own, Block global, int usualPort, List<Remark> remarks) {
        this.own = own;
        this.global = global;
        this.type = find("checktype").map(s -> s.word(1)).orElse("").toLowerCase(Locale.ROOT);
        this.service = own.value("service").toLowerCase(Locale.ROOT);
        boolean pages = isNegotiated() && (service.startsWith("http") || service.isEmpty() && isPage(usualPort));
        this.request = pages ? own.takeOne("request") : Optional.empty();
        this.receive = pages ? own.takeOne("receive") : Optional.empty();
        this.host = pages ? own.value("virtualhost") : "";
        this.port = Reading.port(own.takeOne("checkport"), remarks);
        if (Numbers.whole(type).isPresent()) {
            remarks.add(Remark.without("checktype=" + Plain.text(type) + ": connections between two requests; each"
                    + " check is a request here"));
        }
    }

    private boolean isNegotiated() {
        return type.isEmpty() || type.equals("negotiate") || Numbers.whole(type).isPresent();
    }

    private static boolean isPage(int port) {
        return usual(port).startsWith("http");
    }

    private Optional<Statement> find(String key) {
        Optional<Statement> common = global.takeOne(key);
        return own.takeOne(key).or(() -> common);
    }

    /** The check of one server; none if its kind has no counterpart, which is told. */
    List<CheckWish> of(Statement server, int serverPort, List<Remark> remarks) {
        int at = Math.max(1, port.orElse(serverPort));
        String kind = service.isEmpty() ? usual(serverPort) : service;
        boolean negotiate = isNegotiated();
        if (negotiate && (kind.equals("http") || kind.equals("https"))) {
            return List.of(page(server, kind.equals("https"), at));
        }
        if (!LdirectordServers.asked(server).isEmpty()) {
            remarks.add(Remark.without(Mention.words(LdirectordServers.asked(server)) + " of real (" + server.place()
                    + ")"));
        }
        if (type.equals("ping")) {
            List<Remark> fit = new ArrayList<>();
            return List.of(CheckWish.icmp(timers(CONNECT, fit), fit));
        }
        boolean plain = type.equals("connect") || negotiate && kind.equals("none");
        List<Remark> notes = new ArrayList<>();
        if (negotiate && !plain) {
            notes.add(Remark.without("the conversation of service=" + Plain.text(kind) + " (" + server.place()
                    + "): only the connection is tried"));
        }
        if (!negotiate && !plain) {
            remarks.add(Remark.without("checktype=" + Plain.text(type) + " of " + server.place()));
            return List.of();
        }
        Timers timers = timers(negotiate ? NEGOTIATE : CONNECT, notes);
        return List.of(CheckWish.tcp(at, timers, notes));
    }

    /** By the port, as ldirectord itself does. */
    private static String usual(int port) {
        return switch (port) {
            case 80 -> "http";
            case 443 -> "https";
            case 21, 25, 53, 110, 119, 143, 389, 587, 636, 993, 995, 1521, 1812, 3128, 3306, 5432, 5060 ->
                "port " + port;
            default -> "none";
        };
    }

    CheckWish otherwise(int port) {
        List<Remark> notes = new ArrayList<>(List.of(Remark.toDo("the source has no check for this that reroute could"
                + " make; here a connection is tried. Write what tells more, like http: \"http://{server}/\"")));
        return CheckWish.tcp(Math.max(1, port), timers(CONNECT, notes), notes);
    }

    /** Words behind the weight of a server are its own request and answer. */
    private CheckWish page(Statement server, boolean tls, int at) {
        HttpTest test = new HttpTest(tls, at);
        List<String> own = LdirectordServers.asked(server);
        String path = own.isEmpty() ? request.map(r -> r.word(1)).orElse("/") : own.getFirst();
        if (path.startsWith("http://") || path.startsWith("https://")) {
            test.remark(Remark.toDo("the source asks " + Plain.text(path) + "; here the server itself is asked"));
            path = path.replaceFirst("^https?://[^/]*", "");
        }
        test.path(path);
        String answer = own.size() > 1 ? own.get(1) : receive.map(r -> r.word(1)).orElse("");
        if (!answer.isEmpty()) {
            test.regex(answer);
        }
        if (!host.isEmpty()) {
            test.host(host);
        }
        List<Remark> notes = new ArrayList<>();
        Timers timers = timers(NEGOTIATE, notes);
        notes.forEach(test::remark);
        return test.wish(timers);
    }

    /** A round is the interval after the last check ended. */
    private Timers timers(Duration usual, List<Remark> notes) {
        Duration interval = Reading.seconds(find("checkinterval"), notes).orElse(INTERVAL);
        Optional<Duration> connect = Reading.seconds(find("checktimeout"), notes);
        Optional<Duration> negotiate = Reading.seconds(find("negotiatetimeout"), notes);
        boolean talks = usual.equals(NEGOTIATE);
        connect.filter(c -> talks && negotiate.isPresent()).ifPresent(c -> notes.add(Remark.note("'timeout' is"
                + " negotiatetimeout; checktimeout, " + Durations.text(c) + ", has no key of its own")));
        Duration timeout = (talks ? negotiate.or(() -> connect) : connect.or(() -> negotiate)).orElse(usual);
        int failures = Reading.whole(find("failurecount"), notes).orElse(1);
        Timers timers = new Timers(interval, interval, timeout, 1, failures).fitted(notes);
        Duration theirs = interval.plus(timeout).multipliedBy(Math.max(1, failures));
        notes.addAll(timers.compared("ldirectord", theirs));
        return timers;
    }
}
