package net.reroute.convert;

import java.util.Map;

/** Why options of ExaBGP's healthcheck have no counterpart, in a few words. */
final class HealthcheckReasons {

    private static final String BGP = "no server speaks BGP any more; sites that announce are 'redirect: bgp' (docs/bgp.md)";
    private static final String METRIC = "the route points at one server; the order of 'servers' says which is preferred";
    private static final String ADDRESS = "the servers keep the addresses on their loopbacks; reroute changes nothing"
            + " there, and asks for them if a server has a login";
    private static final String EVENTS = "write a playbook for the event, or a channel with a command"
            + " (docs/playbooks.md, docs/notify.md)";
    private static final String PROCESS = "about the process of the healthcheck";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("disable", "type 'reroute drain SERVER' in place of a file"),
            Map.entry("withdraw-on-down",
                    "a route leaves a server that is DOWN as soon as another one is UP; it is never"
                            + " withdrawn"),
            Map.entry("down-metric", METRIC), Map.entry("disabled-metric", METRIC),
            Map.entry("local-preference", METRIC),
            Map.entry("community", BGP), Map.entry("extended-community", BGP), Map.entry("large-community", BGP),
            Map.entry("disabled-community", BGP), Map.entry("as-path", BGP), Map.entry("up-as-path", BGP),
            Map.entry("down-as-path", BGP), Map.entry("disabled-as-path", BGP), Map.entry("path-id", BGP),
            Map.entry("neighbor", BGP), Map.entry("debounce", BGP), Map.entry("label", ADDRESS),
            Map.entry("label-exact-match", ADDRESS), Map.entry("no-ip-setup", ADDRESS),
            Map.entry("dynamic-ip-setup", ADDRESS), Map.entry("ip-ifname", ADDRESS), Map.entry("sudo", ADDRESS),
            Map.entry("deaggregate-networks", "a prefix is one route"), Map.entry("execute", EVENTS),
            Map.entry("up-execute", EVENTS), Map.entry("down-execute", EVENTS), Map.entry("disabled-execute", EVENTS),
            Map.entry("silent", PROCESS), Map.entry("syslog-facility", PROCESS), Map.entry("no-syslog", PROCESS),
            Map.entry("debug", PROCESS), Map.entry("no-ack", PROCESS), Map.entry("pid", PROCESS),
            Map.entry("user", PROCESS), Map.entry("group", PROCESS),
            Map.entry("next-hop", "this is no address that a router can point at"));

    private HealthcheckReasons() {}

    static Remark without(Statement option) {
        String reason = REASONS.getOrDefault(option.key(), "");
        return Remark.without("--" + Mention.of(option), reason);
    }
}
