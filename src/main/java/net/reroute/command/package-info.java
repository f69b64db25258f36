/** Commands of admins, here and on servers: words are data, output is cut, and what is too late is ended. */
package net.reroute.command;
