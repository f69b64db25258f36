/**
 * Linux routers: a kernel's routing tables, the program {@code ip}, and a POSIX shell, all inside this process. Uses
 * core and the package above, not {@code cli}.
 *
 * <p>Begin with {@link net.reroute.simulation.linux.SimulatedLinux}. {@code LinuxNetwork} is the kernel,
 * {@code IpCommand} the program {@code ip}, {@code LinuxShell} the shell, and {@code LinuxPrograms} the list of all
 * programs.
 */
package net.reroute.simulation.linux;
