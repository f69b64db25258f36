package net.reroute.core;

import java.time.Duration;
import java.util.Map;

/**
 * The BGP speakers of a service, one for each site.
 *
 * @param speakers by name, with the logins of the inventory's routers
 * @param settle how long the rest of the network may take to follow a speaker, before the next step of a planned change
 */
public record BgpSites(Map<String, RouterSpec> speakers, Duration settle) implements Appliance {}
