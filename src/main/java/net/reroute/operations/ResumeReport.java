package net.reroute.operations;

/**
 * The end of a pause.
 *
 * @param paused true if something was paused, or not acting
 * @param leads true if the controller acts from now on, though its inventory says observe
 */
public record ResumeReport(boolean paused, boolean leads) {}
