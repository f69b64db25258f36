package net.reroute.playbook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.Playbook;

/** Makes runs of the playbooks in the inventory. */
record RunFactory(PlaybookContext context) {

    List<Playbook> playbooks() {
        return new ArrayList<>(context.controller().inventory().response().playbooks().values());
    }

    Optional<Playbook> find(String name) {
        return Optional.ofNullable(context.controller().inventory().response().playbooks().get(name));
    }

    /** @param facts the run adds the address of the server that they name */
    PlaybookRun of(Playbook playbook, Placeholders facts, PlaybookRun.Request reason) {
        String address = Optional.ofNullable(context.controller().inventory().servers().get(facts.get("server")))
                .map(s -> s.address().toString()).orElse("");
        return new PlaybookRun(playbook, address.isEmpty() ? facts : facts.with("address", address), reason,
                context.controller().audit());
    }

    /** A run that no admin asked for. */
    PlaybookRun automatic(Playbook playbook, Placeholders facts, String why) {
        return of(playbook, facts, new PlaybookRun.Request(
                new Attribution(new Actor.Playbook(playbook.name()), why, Instant.now()), line -> {
                }));
    }
}
