package net.reroute.convert;

/**
 * A line of a source.
 *
 * @param file as the admin named it
 * @param line from 1
 */
record Place(String file, int line) {

    /** As comments show it: the last part of the file's name, and the line. */
    @Override
    public String toString() {
        return Plain.text(file.substring(file.lastIndexOf('/') + 1)) + ":" + line;
    }

    /** As messages show it. */
    String whole() {
        return Plain.text(file) + ":" + line;
    }
}
