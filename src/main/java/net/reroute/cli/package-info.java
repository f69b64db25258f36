/**
 * The command line: each command parses its arguments, calls one operation and prints its report. The daemon and a
 * process without a daemon run the same commands. Uses operations and view, and alone uses picocli. Begin with
 * {@link net.reroute.cli.Cli}.
 */
package net.reroute.cli;
