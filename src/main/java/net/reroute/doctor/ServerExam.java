package net.reroute.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Address;

/** Turns the facts of a server into findings. */
final class ServerExam {

    static final long CLOCK_SECONDS = 5;

    private final String name;
    private final HostFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    ServerExam(String name, HostFacts facts) {
        this.name = name;
        this.facts = facts;
    }

    List<Finding> findings(List<Address> services, Instant now) {
        findings.add(Finding.good(name, "login works"));
        services.forEach(this::held);
        arp("arp_ignore", 1, "it answers ARP on its LAN for the service addresses on its loopback");
        arp("arp_announce", 2, "it may use a service address as the sender of its ARP requests");
        if (facts.most("rp_filter.all", "rp_filter.dev") == 1) {
            findings.add(
                    Finding.note(name, "rp_filter is strict: requests that come in another way than replies go out are"
                            + " dropped", "sysctl -w net.ipv4.conf.all.rp_filter=2"));
        }
        clock(name, facts, now, findings);
        return findings;
    }

    private void held(Address service) {
        findings.add(facts.is("held." + service)
                ? Finding.good(name, "holds " + service)
                : Finding.bad(name, "does not hold " + service,
                        "ip addr add " + service + "/" + service.width() + " dev lo"));
    }

    private void arp(String key, int wanted, String otherwise) {
        if (facts.most(key + ".all", key + ".dev") < wanted) {
            findings.add(Finding.note(name, key + " is " + facts.most(key + ".all", key + ".dev") + ": " + otherwise,
                    "sysctl -w net.ipv4.conf.all." + key + "=" + wanted));
        }
    }

    static void clock(String name, HostFacts facts, Instant now, List<Finding> findings) {
        long apart = facts.seconds("clock") - now.getEpochSecond();
        if (Math.abs(apart) > CLOCK_SECONDS) {
            findings.add(Finding.note(name, "its clock is " + Math.abs(apart) + " s " + (apart > 0 ? "ahead" : "behind")
                    + " of this machine's; logs will not fit together", "run an NTP client on both"));
        }
    }
}
