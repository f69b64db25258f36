/**
 * Commands of admins, on this machine and on servers, each with a deadline that stops all it has started. It uses core
 * and ssh. Begin reading at {@link net.reroute.command.ServerCommand}.
 */
package net.reroute.command;
