package net.reroute.convert;

/** The parts of an inventory that is being made, as all readers share them. */
record Making(Draft draft, Machines machines, Checks checks, Spreading spreading, Includes includes) {

    static Making begin(Includes includes) {
        Draft draft = new Draft();
        Machines machines = new Machines(draft);
        Checks checks = new Checks(draft);
        return new Making(draft, machines, checks, new Spreading(draft, machines, new CommonChecks(checks)), includes);
    }

    /** Resolves what can be resolved only when everything was read. */
    void end() {
        spreading.finish();
        machines.place();
        new Conflicts(draft, machines).resolve();
    }
}
