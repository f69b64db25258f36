/**
 * Virtual servers on Linux routers: connections to an address and port are spread over servers by nftables, in a table of
 * reroute's own. Uses core and ssh. Begin with {@link net.reroute.redirect.balance.BalanceRedirector}.
 */
package net.reroute.redirect.balance;
