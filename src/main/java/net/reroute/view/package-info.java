/**
 * Reports of operations as text and as JSON, from the same values. Computes nothing that a report does not contain.
 * Begin reading at {@link net.reroute.view.StatusText}.
 */
package net.reroute.view;
