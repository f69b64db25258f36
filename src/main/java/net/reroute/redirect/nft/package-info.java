/** nft and rules of routing on a Linux router, over the session that its routes have. */
package net.reroute.redirect.nft;
