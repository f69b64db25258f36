/**
 * SSH connections to servers and routers: login, host keys, commands, a kept shell. Two libraries are behind one interface,
 * and no other package depends on either; uses core only. Begin with {@link net.reroute.ssh.Connections} and
 * {@link net.reroute.ssh.Shell}; {@link net.reroute.ssh.HostTrust} decides whether a host key is accepted.
 */
package net.reroute.ssh;
