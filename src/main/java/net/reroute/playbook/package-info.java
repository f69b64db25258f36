/**
 * What is done besides moving services: playbooks and their steps, vetoes of moves, planned maintenances, drills. Uses
 * control, command, check, ssh and redirect.arp. Begin with {@link net.reroute.playbook.PlaybookRunner}, then
 * PlaybookRun and StepExecutor.
 */
package net.reroute.playbook;
