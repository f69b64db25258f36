package net.reroute.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A check that a source asks for.
 *
 * @param name to begin with
 * @param test keys and values as YAML
 * @param timers within the limits
 */
record CheckWish(String name, Map<String, String> test, Timers timers, List<Remark> remarks) {

    /** A check and its timers, fitted; what had to change is among the remarks. */
    static CheckWish of(String name, Map<String, String> test, Timers timers, List<Remark> remarks) {
        List<Remark> all = new ArrayList<>(remarks);
        return new CheckWish(name, new LinkedHashMap<>(test), timers.fitted(all), all);
    }

    static CheckWish tcp(int port, Timers timers, List<Remark> remarks) {
        return of("tcp-" + port, Map.of("tcp", Scalar.quoted("{server}:" + port)), timers, remarks);
    }

    static CheckWish icmp(Timers timers, List<Remark> remarks) {
        return of("ping", Map.of("icmp", Scalar.quoted("{server}")), timers, remarks);
    }

    /** Equal for checks that are the same. */
    String identity() {
        return test + " " + timers;
    }
}
