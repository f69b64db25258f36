/** A network of namespaces on this machine: real sshd, real kernel routes, real packets. Needs root. */
package net.reroute.lab;
