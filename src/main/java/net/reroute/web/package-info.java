/**
 * The page, the API and the metrics over HTTP. Everything here is a rendering of operations and their reports; it knows
 * no controller. Uses the JDK's HTTP server. Begin with {@link net.reroute.web.WebServer}, then
 * {@link net.reroute.web.ApiRoutes}.
 */
package net.reroute.web;
