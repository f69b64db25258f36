package net.reroute.operations;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.reroute.core.Actor;
import net.reroute.core.Inventory;
import net.reroute.core.Playbook;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;
import net.reroute.playbook.DrillBook;

/** Playbooks and drills run by hand. */
record PlaybookOperations(ControllerAccess access) {

    boolean play(String name, Map<String, String> given, OperatorRequest request, Consumer<String> progress)
            throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = access.inventory();
        InventoryNames names = new InventoryNames(inventory);
        Playbook playbook = names.playbook(name, access.home());
        Map<String, String> facts = facts(names, given);
        if (!request.dryRun()) {
            needDaemon();
        }
        try (ControllerSession session = open(inventory, !request.dryRun())) {
            if (request.dryRun()) {
                session.playbooks().dryRun(playbook, facts).forEach(progress);
                return true;
            }
            return session.playbooks().byHand(playbook, facts, request.by(), progress);
        }
    }

    private static Map<String, String> facts(InventoryNames names, Map<String, String> given) {
        Map<String, String> facts = new LinkedHashMap<>();
        given.forEach((key, name) -> {
            switch (key) {
                case "server" -> facts.put(key, names.server(name));
                case "check" -> facts.put(key, names.check(name));
                case "service" -> {
                    Service service = names.service(name);
                    facts.put(key, service.name());
                    facts.put("prefix", service.clientsUse());
                }
                default -> throw new IllegalArgumentException("no placeholder {" + key + "}");
            }
        });
        return facts;
    }

    int stop(String name) throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = access.inventory();
        new InventoryNames(inventory).playbook(name, access.home());
        needDaemon();
        try (ControllerSession session = open(inventory, true)) {
            return session.playbooks().stop(name);
        }
    }

    private void needDaemon() throws RequestRefusedException {
        if (!access.isDaemon()) {
            throw new RequestRefusedException(
                    "a playbook needs the daemon, which ends what it begins whatever becomes of this command;"
                            + " start it with 'reroute daemon', or say --dry-run");
        }
    }

    /** Does not hold the inventory: a playbook may take hours, and a reload must stay possible. */
    private ControllerSession open(Inventory inventory, boolean act)
            throws RequestRefusedException, BadInventoryException, IOException {
        return access.open(new Need(inventory.scope(), act, false, false));
    }

    DrillBook.Page drill(String name, boolean shadow, Actor actor, String because)
            throws RequestRefusedException, BadInventoryException, IOException {
        Inventory inventory = access.inventory();
        String server = server(inventory, name);
        if (!shadow && !access.isDaemon()) {
            throw new RequestRefusedException(
                    "a drill needs the daemon, which ends it whatever becomes of this command; start it with"
                            + " 'reroute daemon', or say --shadow");
        }
        try (ControllerSession session = open(inventory, !shadow)) {
            return session.playbooks().drill(server, shadow, OperatorRequest.plain(actor, because).by());
        }
    }

    DrillBook.Page last(String name) throws RequestRefusedException, BadInventoryException, IOException {
        String server = server(access.inventory(), name);
        return new DrillBook(access.drills()).last(server).orElseThrow(
                () -> new RequestRefusedException("there is no report of a drill of " + server + " yet"));
    }

    private static String server(Inventory inventory, String name) {
        return name.equals(DrillBook.NEXT) ? name : new InventoryNames(inventory).server(name);
    }
}
