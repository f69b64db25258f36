package net.reroute.check;

import net.reroute.core.Address;
import net.reroute.core.CheckResult;

/** One kind of test. Thread-safe: many runs may be in progress at once. */
public interface Check {

    /**
     * Runs the check once and blocks until its result, for its timeout at most; the first SSH login to a server may
     * take longer. Failures are results, not exceptions.
     *
     * @param server replaces {@code {server}}
     * @param service replaces {@code {service}}
     */
    CheckResult run(Address server, Address service);
}
