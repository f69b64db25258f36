package net.reroute.check;

import net.reroute.core.Address;
import net.reroute.core.CheckResult;

/** One kind of test. Runs on any thread, many at a time. */
public interface Check {

    /**
     * Runs once.
     *
     * @param server put in for {@code {server}}
     * @param service put in for {@code {service}}
     */
    CheckResult run(Address server, Address service);
}
