package net.reroute.control;

/** ACT: it types. IF_TOLD: it observes, until somebody tells it to act. LOOK: it types nothing whatever anybody says. */
public enum May {
    ACT, IF_TOLD, LOOK
}
