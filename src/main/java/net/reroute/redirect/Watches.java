package net.reroute.redirect;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.reroute.core.Prefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two kinds of reports of one device. */
final class Watches {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private Watches() {}

    /** One kind of reports, and another beside it where there is one. */
    static Traits.Monitoring beside(Traits.Monitoring one, Optional<Traits.Monitoring> other) {
        return other.<Traits.Monitoring>map(o -> (prefixes, told) -> both(one, o, prefixes, told)).orElse(one);
    }

    /** Starts both. What the second does not tell is found by the looks that come anyway. */
    private static Traits.Watch both(Traits.Monitoring one, Traits.Monitoring other, Collection<Prefix> prefixes,
            Consumer<String> told) throws RedirectException {
        Traits.Watch first = one.watch(prefixes, told);
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return new Both(first, other.watch(prefixes, line -> {
                if (line.equals(Traits.Watch.BEGINS)) {
                    begun.set(true);
                } else if (!line.isEmpty()) {
                    told.accept(line);
                } else if (begun.get()) {
                    first.close(); // both are started again
                } else {
                    LOG.warn("changes of nft tables by others are seen late: their monitor does not run");
                }
            }));
        } catch (RedirectException e) {
            LOG.warn("changes of nft tables by others are seen late: {}", e.getMessage());
            return first;
        }
    }

    private record Both(Traits.Watch first, Traits.Watch second) implements Traits.Watch {

        @Override
        public boolean isOpen() {
            return first.isOpen();
        }

        @Override
        public void close() {
            second.close();
            first.close();
        }
    }
}
