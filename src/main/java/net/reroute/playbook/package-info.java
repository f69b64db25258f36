/** What is done besides moving: playbooks and their steps, vetoes, windows, drills. */
package net.reroute.playbook;
