package net.reroute.app;

import java.nio.file.Path;
import java.util.function.Consumer;
import net.reroute.check.CheckConnector;
import net.reroute.core.Inventory;
import net.reroute.core.Record;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;

/**
 * What the program works on: the real network, or a practice network on this machine.
 *
 * @param reader of inventories
 * @param ways connects the checks
 * @param practice true if nothing of it is real
 * @param listener receives the records that the daemon makes
 */
record Environment(Reader reader, CheckConnector ways, boolean practice, Consumer<Record> listener) {

    interface Reader {
        Inventory read(Path home) throws BadInventoryException;
    }

    static final Environment REAL = new Environment(InventoryReader::read, CheckConnector.DIRECT, false, draft -> {
    });
}
