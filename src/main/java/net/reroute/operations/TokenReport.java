package net.reroute.operations;

import net.reroute.core.AccessToken;

/**
 * A token that was just made.
 *
 * @param secret shown this once
 */
public record TokenReport(AccessToken token, String secret) {}
