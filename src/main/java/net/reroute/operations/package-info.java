/**
 * Everything that can be asked of reroute or told to it, as one typed interface with plain reports. The command line is one
 * rendering of it; whatever else lets people or programs in is another. Begin with {@link net.reroute.operations.Operations}.
 */
package net.reroute.operations;
