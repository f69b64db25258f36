package net.reroute.convert;

import java.time.Duration;

/** What takes the place of heartbeats, whose times are in ha.cf and not in haresources. */
final class Heartbeats {

    static final Remark REMARK = Remark.toDo("the time after which a node is dead: 'deadtime' in ha.cf, which is not in"
            + " this source. 'every' x 'fall' is about that. failback: manual is 'auto_failback off' there");

    static final Timers TIMERS = new Timers(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2), 3, 3);

    private Heartbeats() {}
}
