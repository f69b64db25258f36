/**
 * Sends alerts about events to people by mail, webhook, syslog or a command, and keeps each until it has arrived. Uses
 * core, command for the admin's command, and ssh for secrets and certificate authorities. Begin with
 * {@link net.reroute.notify.Outbox}; {@link net.reroute.notify.Alert} says which events become alerts.
 */
package net.reroute.notify;
