package net.reroute.control;

/** ACT: types what it decides. IF_TOLD: observes until an admin tells it to act. LOOK: never types anything. */
public enum May {
    ACT, IF_TOLD, LOOK
}
