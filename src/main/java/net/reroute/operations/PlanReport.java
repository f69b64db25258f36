package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Forecast;

/**
 * What would be done.
 *
 * @param decisions one for each service
 * @param coming what the passing of time will change; empty without a daemon, which must be there at that moment
 */
public record PlanReport(Instant now, List<Decision> decisions, List<Forecast.Coming> coming) {}
