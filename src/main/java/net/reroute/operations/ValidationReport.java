package net.reroute.operations;

import java.util.List;
import net.reroute.core.Inventory;

/**
 * An inventory without mistakes.
 *
 * @param notes what works, and an admin should know
 */
public record ValidationReport(Inventory inventory, List<String> notes) {}
