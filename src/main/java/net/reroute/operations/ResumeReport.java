package net.reroute.operations;

/**
 * The end of a pause.
 *
 * @param paused true if the controller was paused or not acting
 * @param leads true if the controller acts from now on although its inventory says observe
 */
public record ResumeReport(boolean paused, boolean leads) {}
