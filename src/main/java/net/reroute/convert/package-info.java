/**
 * Turns configurations of other tools (keepalived, ExaBGP's healthcheck, heartbeat, ldirectord, HAProxy) into an
 * inventory with comments. Text comes in, lines and remarks go out; it reads no files by itself and uses core only.
 * Begin with {@link net.reroute.convert.Converter}; each format has a reader of its own, and all of them fill a Draft.
 */
package net.reroute.convert;
