/**
 * Reports of operations as text for people and as JSON for programs, both from the same values. It computes nothing that a
 * report does not hold. Begin with {@link net.reroute.view.StatusText}, the page that people look at first.
 */
package net.reroute.view;
