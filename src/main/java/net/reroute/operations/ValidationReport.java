package net.reroute.operations;

import java.util.List;
import net.reroute.core.Inventory;

/**
 * A valid inventory.
 *
 * @param notes what an admin should know although it works
 */
public record ValidationReport(Inventory inventory, List<String> notes) {}
