package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import net.reroute.core.Decision;
import net.reroute.core.Forecast;

/**
 * What would be done.
 *
 * @param decisions one for each service
 * @param coming what time will do; empty without a daemon, which has to be there when the moment comes
 */
public record PlanReport(Instant now, List<Decision> decisions, List<Forecast.Coming> coming) {}
