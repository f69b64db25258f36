/**
 * Reads the files that admins edit: inventory/, playbooks/ and routers/ of a home folder. The result is an inventory
 * without mistakes, or a list of all mistakes with their places; no other package parses YAML. Uses core, and ssh for
 * permissions and ssh-config. Begin with {@link net.reroute.inventory.InventoryReader}, and with
 * {@link net.reroute.inventory.Fields}, which all readers of entries use.
 */
package net.reroute.inventory;
