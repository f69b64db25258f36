/**
 * Routers with a command line, by the patterns of their dialects. Uses core, ssh, redirect.route.router and ExpectIt.
 * Begin with {@link net.reroute.redirect.route.cli.CliRouter}; the layers below it are ConfigSession, CliSession,
 * Dialogue and TerminalLine.
 */
package net.reroute.redirect.route.cli;
