package net.reroute.convert;

/** A comment of the new inventory. */
record Remark(Sort sort, String text) {

    /** What a remark asks of the admin. */
    enum Sort {
        /** Something has to be filled in. */
        TO_DO,
        /** Something of the source is not in the inventory. */
        WITHOUT,
        /** Something is different, or was decided. */
        NOTE
    }

    static Remark toDo(String text) {
        return new Remark(Sort.TO_DO, text);
    }

    static Remark without(String text) {
        return new Remark(Sort.WITHOUT, text);
    }

    /** @param reason why it is not there, in a few words; may be empty */
    static Remark without(String mention, String reason) {
        return without(reason.isEmpty() ? mention : mention + ": " + reason);
    }

    static Remark note(String text) {
        return new Remark(Sort.NOTE, text);
    }
}
