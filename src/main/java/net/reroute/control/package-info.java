/**
 * The cycle: look, compare, act, look again. Decides, gives every router its part, and carries out the requests of
 * admins. Uses health, redirect and the journal. Begin reading at {@link net.reroute.control.Controller}.
 */
package net.reroute.control;
