package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the checks of a real server of keepalived. */
final class KeepalivedChecks {

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PAGES = Duration.ofSeconds(3);
    private static final Block NOTHING = new Block(List.of());

    /** The timers of a virtual server without checks. */
    Timers timers(Block virtual, List<Remark> remarks) {
        return new KeepalivedTimers(NOTHING, NOTHING, virtual).read(BETWEEN, remarks);
    }

    /** The checks that have a counterpart. The others remain in the rest of the real server, which tells them. */
    List<CheckWish> of(Block real, Block virtual, int port, List<Remark> remarks) {
        List<CheckWish> all = new ArrayList<>();
        for (Statement check : real.all()) {
            Block block = check.inside();
            KeepalivedTimers timers = new KeepalivedTimers(block, real, virtual);
            List<CheckWish> wishes = switch (check.key()) {
                case "TCP_CHECK" -> List.of(tcp(timers, at(block, port, remarks), List.of()));
                case "SMTP_CHECK" -> List.of(smtp(check, block, timers, at(block, port, remarks)));
                case "PING_CHECK" -> List.of(ping(timers));
                case "HTTP_GET", "SSL_GET" -> pages(check, block, timers, port, host(real, virtual));
                default -> List.of();
            };
            if (!wishes.isEmpty()) {
                real.take(check);
                block.rest().forEach(s -> remarks.add(KeepalivedReasons.without(s)));
                all.addAll(wishes);
            }
        }
        return all;
    }

    private static int at(Block check, int port, List<Remark> remarks) {
        return Math.max(1, Reading.port(check.takeOne("connect_port"), remarks).orElse(port));
    }

    private static String host(Block real, Block virtual) {
        String common = virtual.value("virtualhost");
        String own = real.value("virtualhost");
        return own.isEmpty() ? common : own;
    }

    private static CheckWish tcp(KeepalivedTimers timers, int port, List<Remark> more) {
        List<Remark> remarks = new ArrayList<>(more);
        Timers read = timers.read(BETWEEN, remarks);
        return CheckWish.tcp(port, read, remarks);
    }

    private static CheckWish ping(KeepalivedTimers timers) {
        List<Remark> remarks = new ArrayList<>();
        Timers read = timers.read(BETWEEN, remarks);
        return CheckWish.icmp(read, remarks);
    }

    /** Its place may be in a block of its own. */
    private static CheckWish smtp(Statement check, Block block, KeepalivedTimers timers, int port) {
        Block inner = block.take("host").map(Statement::inside).orElse(NOTHING);
        List<Remark> remarks = new ArrayList<>(List.of(Remark.without("the conversation of SMTP_CHECK ("
                + check.place() + "): only the connection is tried")));
        int at = at(inner, port, remarks);
        inner.rest().forEach(s -> remarks.add(KeepalivedReasons.without(s)));
        return tcp(timers, at, remarks);
    }

    // ---- HTTP --------------------------------------------------------------------------------------------------------

    private static List<CheckWish> pages(Statement check, Block block, KeepalivedTimers timers, int port,
            String host) {
        List<Remark> remarks = new ArrayList<>();
        int at = at(block, port, remarks);
        Timers read = timers.read(BETWEEN_PAGES, remarks);
        boolean tls = check.key().equals("SSL_GET");
        List<CheckWish> all = new ArrayList<>();
        List<Block> urls = block.takeAll("url").stream().map(Statement::inside).toList();
        for (Block url : urls.isEmpty() ? List.of(NOTHING) : urls) {
            HttpTest test = new HttpTest(tls, at);
            page(url, test, host);
            remarks.forEach(test::remark);
            all.add(test.wish(read));
        }
        return all;
    }

    private static void page(Block url, HttpTest test, String common) {
        url.takeOne("path").ifPresent(p -> test.path(p.word(1)));
        String own = url.value("virtualhost");
        String host = own.isEmpty() ? common : own;
        if (!host.isEmpty()) {
            test.host(host);
        }
        url.take("status_code").ifPresentOrElse(s -> test.statuses(s.values()), () -> test.remark(Remark.note("answers"
                + " from 300 to 399 pass, too, which keepalived refuses; write 'status: 200' for less")));
        if (url.take("regex_no_match").isEmpty()) {
            url.take("regex").ifPresent(r -> test.regex(String.join(" ", r.values())));
        } else {
            test.remark(Remark.without("regex_no_match: a text that must not be there"));
        }
        url.rest().forEach(s -> test.remark(KeepalivedReasons.without(s)));
    }
}
