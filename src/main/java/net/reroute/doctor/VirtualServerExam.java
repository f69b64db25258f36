package net.reroute.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/** Examines a Linux router that spreads connections: nft, the right to use it, and the addresses. */
final class VirtualServerExam {

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.\\d+.*");

    private final RouterSpec router;
    private final List<Service> services;
    private final List<Finding> findings = new ArrayList<>();

    /** @param services that it spreads */
    VirtualServerExam(RouterSpec router, List<Service> services) {
        this.router = router;
        this.services = services;
    }

    /** Asks the router. Changes nothing. */
    List<Finding> findings(Shell shell, Duration within) throws SshException {
        String sudo = router.login().sudo() ? "sudo -n " : "";
        StringBuilder script = new StringBuilder("PATH=$PATH:/usr/sbin:/sbin\n"
                + "echo \"version=$(nft --version 2>/dev/null)\"\n"
                + "echo \"table=$(" + sudo + "nft -j list table inet reroute 2>&1 | head -c 300)\"\n"
                + "echo \"conntrack=$(cat /proc/sys/net/netfilter/nf_conntrack_max 2>/dev/null)\"\n");
        services.forEach(s -> script.append("ip -o addr show to ").append(s.balanced().orElseThrow().address())
                .append(" | grep -q . && echo held.").append(s.name()).append("=1\n"));
        HostFacts facts = new HostFacts(shell.run(script.append(":\n").toString(), within).out());
        program(facts);
        services.forEach(s -> address(facts, s));
        return findings;
    }

    private void program(HostFacts facts) {
        Matcher version = VERSION.matcher(facts.text("version").replaceAll("^nftables ", ""));
        if (!version.matches()) {
            bad("has no nft, which spreads connections", "install nftables there, 1.0 or later");
        } else if (Integer.parseInt(version.group(1)) < 1) {
            bad("has " + facts.text("version") + ", and maps need 1.0 or later", "update nftables there");
        } else if (facts.text("table").matches(".*(not permitted|password|not allowed|denied).*")) {
            bad(router.login().user() + " may not use nft there", "docs/balance.md has the line for sudoers");
        } else {
            findings.add(Finding.good(router.name(), router.login().user() + " may use nft ("
                    + facts.text("version") + ")"));
        }
    }

    private void address(HostFacts facts, Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        boolean held = facts.is("held." + service.name());
        int bits = balanced.address().v6() ? 128 : 32;
        if (balanced.direct() && held) {
            bad("has " + balanced.address() + " itself, so its packets are not routed to the servers of "
                    + service.name(), "remove the address from the router: with 'forward: route' the servers have it");
        } else if (!balanced.direct() && !held) {
            findings.add(Finding.note(router.name(), "does not have " + balanced.address() + " of " + service.name()
                    + "; clients reach it only if their packets are routed here",
                    "ip addr add " + balanced.address() + "/" + bits + " dev INTERFACE"));
        }
    }

    private void bad(String text, String fix) {
        findings.add(Finding.bad(router.name(), text, fix));
    }
}
