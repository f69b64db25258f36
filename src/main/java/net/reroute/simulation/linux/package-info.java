/**
 * Linux routers: a kernel's routing tables, {@code ip} on top of them, and a POSIX shell that runs it, all inside this
 * process. The package uses core and the package above, not {@code cli}.
 *
 * <p>Begin with {@link net.reroute.simulation.linux.SimulatedLinux}. {@code LinuxNetwork} is the kernel, {@code IpCommand}
 * the program {@code ip}, {@code LinuxShell} the shell, {@code LinuxPrograms} the list of all programs.
 */
package net.reroute.simulation.linux;
