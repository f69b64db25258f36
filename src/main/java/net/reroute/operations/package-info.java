/**
 * Everything that reroute can be asked or told, as one typed interface with plain reports. The command line, the API
 * and any other way in render these. Begin reading at {@link net.reroute.operations.Operations}.
 */
package net.reroute.operations;
