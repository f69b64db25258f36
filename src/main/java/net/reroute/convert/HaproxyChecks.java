package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how HAProxy checks the servers of a backend. */
final class HaproxyChecks {

    private static final Duration INTER = Duration.ofSeconds(2);
    private static final int RISE = 2;
    private static final int FALL = 3;

    private final Optional<Statement> httpchk;
    private final List<Statement> sends;
    private final List<Statement> expects;
    private final Optional<Duration> connect;
    private final Optional<Duration> check;

    /**
     * The checks of a backend; what it says about checks stays untold where it has none.
     *
     * @param checked true if there is a server that is checked
     */
    HaproxyChecks(HaproxyProxy backend, boolean checked, List<Remark> remarks) {
        this.httpchk = checked ? backend.pages() : Optional.empty();
        this.sends = httpchk.isPresent() ? backend.all("http-check", "send") : List.of();
        this.expects = httpchk.isPresent() ? backend.all("http-check", "expect") : List.of();
        this.connect = backend.find("timeout", "connect").flatMap(s -> HaproxyTimes.of(s.word(2)));
        Optional<Statement> deadline = checked ? backend.find("timeout", "check") : Optional.empty();
        this.check = deadline.flatMap(s -> HaproxyTimes.of(s.word(2)));
        deadline.filter(s -> check.isEmpty()).ifPresent(s -> remarks.add(HaproxyTimes.unread(s)));
    }

    /** The check of one server; none if the source does not check it. */
    List<CheckWish> of(HaproxyParams server, int serverPort) {
        if (!server.has("check")) {
            return List.of();
        }
        List<Remark> notes = new ArrayList<>();
        Timers timers = timers(server, notes);
        int port = server.port().orElse(serverPort);
        boolean tls = server.has("ssl") && server.port().isEmpty() || server.has("check-ssl");
        if (httpchk.isPresent()) {
            return List.of(page(port, tls, timers, notes));
        }
        if (tls) {
            notes.add(Remark.note("the TLS handshake is not tried, only the connection"));
        }
        return List.of(CheckWish.tcp(port, timers, notes));
    }

    /** Without "timeout check", "inter" is the deadline of a whole check. */
    private Timers timers(HaproxyParams server, List<Remark> notes) {
        Duration inter = server.time("inter").orElse(INTER);
        Duration fast = server.time("fastinter").orElse(inter);
        Duration opening = connect.filter(c -> c.compareTo(inter) < 0).orElse(inter);
        Duration deadline = check.map(opening::plus).orElse(inter);
        Timers timers = new Timers(inter, fast, deadline, server.number("rise").orElse(RISE),
                server.number("fall").orElse(FALL)).fitted(notes);
        Duration round = fast.compareTo(deadline) > 0 ? fast : deadline;
        notes.addAll(timers.compared("HAProxy", inter.plus(round.multipliedBy(Math.max(0, timers.fall() - 1L)))
                .plus(deadline)));
        return timers;
    }

    private CheckWish page(int port, boolean tls, Timers timers, List<Remark> notes) {
        HttpTest test = new HttpTest(tls, port);
        List<String> words = httpchk.orElseThrow().values().subList(1, httpchk.orElseThrow().values().size());
        String method = words.size() > 1 ? words.getFirst() : "OPTIONS";
        if (!words.isEmpty()) {
            test.path(words.size() > 1 ? words.get(1) : words.getFirst());
        }
        version(words.stream().skip(2).toList(), test);
        for (Statement send : sends) {
            method = send(send, test).orElse(method);
        }
        if (!method.equals("GET")) {
            test.remark(Remark.note("asked with GET; HAProxy asks with " + Mention.words(List.of(method))));
        }
        Set<String> kinds = new HashSet<>();
        expects.forEach(e -> {
            if (kinds.add(e.word(2))) {
                expect(e, test);
            } else {
                test.remark(Remark.without(Mention.of(e) + ": one of each kind"));
            }
        });
        notes.forEach(test::remark);
        return test.wish(timers);
    }

    /** Old files write headers behind the version, with line ends between them. */
    private static void version(List<String> words, HttpTest test) {
        String text = String.join(" ", words);
        String rest = text.replaceFirst("^HTTP/\\S*", "");
        String version = text.substring(0, text.length() - rest.length());
        if (!version.isEmpty() && !version.equals("HTTP/1.1")) {
            test.remark(Remark.note("asked in HTTP/1.1; the source says " + Plain.text(version)));
        }
        for (String header : rest.split("[\r\n]+")) {
            header(header.strip(), test);
        }
    }

    private static void header(String header, HttpTest test) {
        if (header.toLowerCase(Locale.ROOT).startsWith("host:")) {
            test.host(header.substring("host:".length()).strip());
        } else if (!header.isEmpty()) {
            test.remark(Remark.without("what the check sends: " + Mention.words(List.of(header))));
        }
    }

    /** Returns the method, if it says one. */
    private static Optional<String> send(Statement send, HttpTest test) {
        Optional<String> method = Optional.empty();
        List<String> words = send.values().subList(1, send.values().size());
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "meth" -> method = Optional.of(value);
                case "uri" -> test.path(value);
                case "ver" -> test.remark(Remark.note("asked in HTTP/1.1; the source says " + Plain.text(value)));
                case "hdr" -> {
                    named(value, i + 2 < words.size() ? words.get(i + 2) : "", send, test);
                    i++;
                }
                default -> test.remark(Remark.without(Mention.words(words.subList(i, words.size())) + " ("
                        + send.place() + ") of what the check sends"));
            }
        }
        return method;
    }

    private static void named(String name, String value, Statement send, HttpTest test) {
        if (name.equalsIgnoreCase("host")) {
            test.host(value);
        } else {
            test.remark(Remark.without("the header " + Mention.words(List.of(name)) + " (" + send.place()
                    + ") of what the check sends"));
        }
    }

    private static void expect(Statement expect, HttpTest test) {
        List<String> words = expect.values().subList(1, expect.values().size());
        String value = String.join(" ", words.subList(Math.min(1, words.size()), words.size()));
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "status" -> test.statuses(List.of(value.split("[,\\s]+")));
            case "string" -> test.body(value);
            case "rstring" -> test.regex(value);
            default -> test.remark(Remark.without(Mention.of(expect) + ": write 'status', 'body' or 'body-regex'"));
        }
    }
}
