/** The append-only record of all that was decided and done; also the memory of wishes and placements. */
package net.reroute.journal;
