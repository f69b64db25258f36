package net.reroute.convert;

/** The interface on which an address comes up. */
final class Interfaces {

    private Interfaces() {}

    /** Sets it, or a placeholder where the source does not say it in a form that the inventory takes. */
    static void set(Entry entry, String name) {
        if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,14}")) {
            entry.set("interface", Scalar.of(name));
        } else {
            entry.set("interface", "eth0").remark(Remark.toDo("the interface of the address"
                    + (name.isEmpty() ? "" : ", written as Linux names it: " + Plain.text(name))));
        }
    }
}
