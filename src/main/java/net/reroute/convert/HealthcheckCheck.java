package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The check in place of the command of ExaBGP's healthcheck, which runs on the server itself. */
final class HealthcheckCheck {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration FAST = Duration.ofSeconds(1);
    private static final int TIMES = 3;

    private HealthcheckCheck() {}

    /** A ping with the timers of the source: what the command tests has to be written by the admin. */
    static CheckWish of(Block options) {
        List<Remark> remarks = new ArrayList<>();
        remarks.add(Remark.toDo("what the command tests, seen from outside, in place of the ping. "
                + options.take("command", "cmd").map(HealthcheckCheck::command).orElse("The source has no command")));
        Duration interval = Reading.seconds(options.take("interval"), remarks).filter(i -> !i.isZero())
                .orElse(INTERVAL);
        Duration fast = Reading.seconds(options.take("fast-interval"), remarks).orElse(FAST);
        Duration timeout = Reading.seconds(options.take("timeout"), remarks).orElse(INTERVAL);
        int fall = Reading.whole(options.take("fall"), remarks).orElse(TIMES);
        int rise = Reading.whole(options.take("rise"), remarks).orElse(TIMES);
        Timers timers = new Timers(interval, fast, timeout, rise, fall).fitted(remarks);
        int more = Math.max(0, timers.fall() - 1);
        remarks.addAll(timers.compared("ExaBGP", interval.plus(timeout).plus(fast.plus(timeout).multipliedBy(more))));
        return CheckWish.icmp(timers, remarks);
    }

    private static String command(Statement command) {
        String text = String.join(" ", command.values());
        boolean page = text.matches("(?s).*\\bhttps?://(localhost|127\\.0\\.0\\.1|\\[::1])\\b.*");
        return "The source runs on the server: " + Mention.of(command)
                + (page ? "; from outside that is like http: \"http://{server}/\"" : "");
    }
}
