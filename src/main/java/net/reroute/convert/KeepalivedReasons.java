package net.reroute.convert;

import java.util.Map;

/** Why statements of keepalived have no counterpart, in a few words. */
final class KeepalivedReasons {

    private static final String SECRET = "passwords are left out; reroute needs none here, since it logs in by SSH";
    private static final String TRACKING = "reroute checks from outside; a check of the service (tcp, http) takes the"
            + " place of what is tracked on the machine";
    private static final String NOTIFY = "'before-takeover' runs on the server that takes over; for the other states"
            + " write a playbook (docs/playbooks.md)";
    private static final String ADVERTS = "reroute sends no adverts";
    private static final String STARTS = "checks begin at once, and nothing moves before each server has a verdict";

    private static final Map<String, String> REASONS = Map.ofEntries(Map.entry("authentication", SECRET),
            Map.entry("auth_pass", SECRET), Map.entry("track_script", TRACKING),
            Map.entry("track_interface", TRACKING), Map.entry("track_process", TRACKING),
            Map.entry("track_file", TRACKING), Map.entry("track_bfd", TRACKING), Map.entry("vrrp_script", TRACKING),
            Map.entry("notify", NOTIFY), Map.entry("notify_backup", NOTIFY), Map.entry("notify_fault", NOTIFY),
            Map.entry("notify_stop", NOTIFY), Map.entry("notify_up", NOTIFY), Map.entry("notify_down", NOTIFY),
            Map.entry("virtual_router_id", ADVERTS), Map.entry("mcast_src_ip", ADVERTS),
            Map.entry("version", ADVERTS), Map.entry("strict_mode", ADVERTS),
            Map.entry("unicast_ttl", ADVERTS), Map.entry("use_vmac", "the address keeps the server's own hardware"
                    + " address, and the change is announced by gratuitous ARP"),
            Map.entry("virtual_routes", "reroute moves the address alone; 'after-takeover' may add routes"),
            Map.entry("virtual_rules", "reroute moves the address alone; 'after-takeover' may add rules"),
            Map.entry("vrrp_sync_group", "services with the same servers and checks move together by themselves;"
                    + " nothing ties others to each other"),
            Map.entry("sorry_server",
                    "if all servers are DOWN, all stay in; a switch can say last words (docs/switch.md)"),
            Map.entry("quorum", "a service is served as long as one server is UP"),
            Map.entry("hysteresis", "a service is served as long as one server is UP"),
            Map.entry("alpha", "a server gets nothing before its first success anyway"),
            Map.entry("omega", "stopping reroute leaves everything as it is"),
            Map.entry("warmup", STARTS), Map.entry("ha_suspend", "pause reroute in place of that"),
            Map.entry("inhibit_on_failure", "a server that is DOWN keeps the connections it has anyway"),
            Map.entry("persistence_granularity", "'sticky: source' goes by the single address"),
            Map.entry("ops", "reroute spreads TCP only"),
            Map.entry("digest", "write body: TEXT, which the page must have"),
            Map.entry("connect_ip", "a check asks the server's own address"),
            Map.entry("smtp_alert", "the rules under 'notify' say what is sent"),
            Map.entry("lvs_sync_daemon", "connections are not copied between routers"),
            Map.entry("garp_master_delay", "a takeover is announced at once, and repeated every 'refresh'"),
            Map.entry("garp_master_refresh", "this is 'refresh' of a service, 10s by default"),
            Map.entry("static_ipaddress", "addresses that do not move are no concern of reroute"),
            Map.entry("static_routes", "routes that do not move are no concern of reroute"));

    private KeepalivedReasons() {}

    static Remark without(Statement statement) {
        String key = statement.key();
        String reason = REASONS.getOrDefault(key, "");
        if (key.startsWith("@")) {
            reason = "a line for one machine only (config-id " + Plain.text(key.substring(1))
                    + "); delete the lines for"
                    + " other machines, take the @ words away, and convert again to have it";
        } else if (key.startsWith("$") || key.startsWith("~")) {
            reason = "variables are not put in; write the values out and convert again";
        }
        return Remark.without(Mention.of(statement), reason);
    }
}
