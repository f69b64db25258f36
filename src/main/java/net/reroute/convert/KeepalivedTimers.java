package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The timers of a check of keepalived. A value at the check counts before one at the real server, and that before one at
 * the virtual server.
 */
final class KeepalivedTimers {

    private static final Duration DELAY_LOOP = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int RETRY = 1;

    private final Block check;
    private final Block real;
    private final Block virtual;

    KeepalivedTimers(Block check, Block real, Block virtual) {
        this.check = check;
        this.real = real;
        this.virtual = virtual;
    }

    /**
     * One success makes a server UP, as in keepalived; a failure is tried again {@code retry} times.
     *
     * @param between the time before that, if the source does not say it
     * @param remarks take the difference between the two tools, if there is one
     */
    Timers read(Duration between, List<Remark> remarks) {
        Duration delay = Reading.seconds(find("delay_loop"), remarks).orElse(DELAY_LOOP);
        Duration connect = Reading.seconds(find("connect_timeout"), remarks).orElse(CONNECT);
        Optional<Statement> old = find("nb_get_retry"); // its name until version 2
        Optional<Statement> tries = find("retry");
        int retry = Reading.whole(tries.or(() -> old), remarks).orElse(RETRY);
        Duration wait = Reading.seconds(find("delay_before_retry"), remarks).orElse(between);
        List<Remark> fit = new ArrayList<>();
        Timers timers = new Timers(delay, wait, connect, 1, retry + 1).fitted(fit);
        remarks.addAll(fit);
        Duration theirs = delay.plus(connect.multipliedBy(retry + 1L)).plus(wait.multipliedBy(retry));
        remarks.addAll(timers.compared("keepalived", theirs));
        return timers;
    }

    /** All three are looked at, so that none counts as untold. */
    private Optional<Statement> find(String key) {
        Optional<Statement> outer = virtual.takeOne(key);
        Optional<Statement> middle = real.takeOne(key);
        return check.takeOne(key).or(() -> middle).or(() -> outer);
    }
}
