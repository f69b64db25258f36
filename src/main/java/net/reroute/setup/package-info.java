/**
 * The first inventory: asks, looks at routers and servers, and proposes one. It writes files in the home and nothing
 * elsewhere, but for the key that an admin lets it copy. Begin with {@link net.reroute.setup.Setup}.
 */
package net.reroute.setup;
