package net.reroute.playbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.reroute.command.CommandResult;
import net.reroute.control.Controller;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.core.Takeover;
import net.reroute.redirect.arp.ServerFence;
import net.reroute.ssh.Shell;
import net.reroute.ssh.SshException;

/**
 * Fences a failed server: takes the address of the failed service or all service addresses off it, sets its interfaces
 * down, or cuts its power.
 */
final class ServerFencing {

    interface Runner {
        CommandResult run(String at, List<String> command, Placeholders facts, Duration within);
    }

    private final PlaybookContext context;

    ServerFencing(PlaybookContext context) {
        this.context = context;
    }

    StepResult act(Action.Fence fence, Placeholders facts, Duration within, Runner runner) {
        Controller controller = context.controller();
        String name = facts.word(fence.server());
        Server server = controller.inventory().servers().get(name);
        if (server == null) {
            return StepResult.bad("no server '" + name + "' in the inventory");
        }
        boolean only = fence.means() == Takeover.Means.ALIAS && fence.power().isEmpty()
                && !facts.get("service").isEmpty();
        List<Service> its = controller.inventory().services().values().stream().filter(s -> s.servers().contains(name))
                .filter(s -> !only || s.name().equals(facts.get("service"))).toList();
        String carries = its.stream().filter(s -> controller.assignment(s.name())
                .filter(p -> p.servers().contains(name)).isPresent()).map(Service::name)
                .collect(Collectors.joining(", "));
        if (!carries.isEmpty()) {
            return StepResult.bad(name + " carries " + carries + ", so it is not fenced; move that off first");
        }
        List<String> said = new ArrayList<>();
        boolean good = fence.means() == Takeover.Means.NONE || fenced(server, its, fence, within, said);
        if (!fence.power().isEmpty()) {
            CommandResult ran = runner.run("controller", fence.power(), facts.with("server", name), within);
            said.add("power: " + ran.sentence());
            good = ran.ok(); // without power no other fence is needed
        }
        return good ? StepResult.good(String.join("; ", said)) : StepResult.bad(String.join("; ", said));
    }

    private boolean fenced(Server server, List<Service> its, Action.Fence fence, Duration within, List<String> said) {
        if (server.login().isEmpty()) {
            said.add(server.name() + " has no login in the inventory");
            return false;
        }
        try {
            Shell shell = context.sessions().open(server.login().get(), within).fencedBy(context.fence());
            new ServerFence(server, shell, within).act(its.stream().map(Service::address).toList(), fence.means(),
                    fence.restoreAfter(), said);
            return true;
        } catch (SshException e) {
            said.add(e.getMessage());
            return false;
        }
    }
}
