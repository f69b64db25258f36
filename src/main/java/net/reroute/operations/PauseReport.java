package net.reroute.operations;

/** @param observes true if the controller observes again, as its inventory says */
public record PauseReport(boolean observes) {}
