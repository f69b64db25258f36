/**
 * SSH connections to servers and routers: login, host keys, commands, a shell kept open. Hides two libraries behind one
 * interface; no other package depends on either. Uses core only. Begin with {@link net.reroute.ssh.Connections} and
 * {@link net.reroute.ssh.Shell}; {@link net.reroute.ssh.HostTrust} decides whether a host key is accepted.
 */
package net.reroute.ssh;
