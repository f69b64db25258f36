package net.reroute.inventory;

import java.time.Duration;
import net.reroute.core.Service.Agree;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;

/** Reads the rules that services have in common, whatever redirects them. */
final class RulesReader {

    private enum Failback {
        AUTO, MANUAL
    }

    private RulesReader() {}

    /** Rules with the failback and the soak that are written. */
    static Rules read(Fields fields, Policy policy, int share, Choose choose) {
        return new Rules(policy, share, choose,
                fields.choice("failback", Failback.class, Failback.AUTO) == Failback.AUTO,
                fields.duration("soak", Duration.ofMinutes(1)),
                fields.choice("agree", Agree.class, Agree.MAJORITY));
    }

    /**
     * How many carry a service at once.
     *
     * @param key that says it
     * @param otherwise the number where it is not written
     * @param members how many there are; 0 if they could not be read, which is told elsewhere
     * @param what they are, as a plural
     */
    static int share(Fields fields, String key, int otherwise, int members, String what) {
        int share = fields.count(key, otherwise);
        if (members > 0 && share > members) {
            fields.problem(key, "'" + key + "' is " + share + ", but the number of " + what + " is "
                    + members);
        }
        return share;
    }
}
