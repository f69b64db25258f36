package net.reroute.operations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Inventory;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;

/** Reads an inventory and reports its mistakes. */
record ValidationQuery(ControllerAccess access) {

    List<String> dialects(List<Path> files) throws RequestRefusedException, BadInventoryException {
        refuseInDaemon(files);
        return InventoryReader.dialects(access.home(), files);
    }

    ValidationReport inventory(List<Path> files) throws RequestRefusedException, BadInventoryException {
        refuseInDaemon(files);
        Inventory inventory = files.isEmpty()
                ? InventoryReader.read(access.home())
                : InventoryReader.read(access.home(), files);
        List<String> notes = new ArrayList<>();
        inventory.routers().values().forEach(router -> note(router, notes));
        inventory.servers().values().forEach(server -> note(server, notes));
        files.stream().filter(f -> !f.toString().endsWith(".yaml")).forEach(f -> notes.add(f
                + " would not be read in inventory/, where a file ends in .yaml"));
        return new ValidationReport(inventory, notes);
    }

    private void refuseInDaemon(List<Path> files) throws RequestRefusedException {
        if (access.isDaemon() && !files.isEmpty()) {
            throw new RequestRefusedException(
                    "files are validated where they are, by whoever may read them, and not by the daemon");
        }
    }

    private static void note(RouterSpec router, List<String> notes) {
        Optional<Integer> lines = router.cli().flatMap(c -> c.dialect().ways().lines());
        if (router.session() == RouterSpec.SessionKeeping.WARM && lines.isPresent()) {
            notes.add(router.name() + " keeps one of some " + lines.get()
                    + " lines (vty) in use all the time; more lines"
                    + " there, or 'session: per-move', if that is too many");
        }
        if (router.login().legacy()) {
            notes.add(router.name() + " may be spoken to with algorithms that are not safe any more (legacy: true)");
        }
    }

    private static void note(Server server, List<String> notes) {
        if (server.address().loopback() || server.nextHop().loopback()) {
            notes.add(server.name() + " has the loopback address " + (server.address().loopback()
                    ? server.address() + ", so its checks ask this machine itself and not a server"
                    : server.nextHop() + " as its next hop, so a router would send the traffic to itself"));
        }
    }
}
