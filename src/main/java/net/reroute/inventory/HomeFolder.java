package net.reroute.inventory;

import java.nio.file.Files;
import java.nio.file.Path;

/** The report for a home folder without an inventory. */
final class HomeFolder {

    private HomeFolder() {}

    static void complain(Path home, ProblemList problems) {
        Path folder = home.resolve("inventory");
        if (Files.isDirectory(folder)) {
            problems.unread(folder,
                    "holds no file that ends in .yaml; put one like widgetco.yaml there");
        } else if (Files.isRegularFile(home)) {
            problems.unread(home, "is a file, and a home is the folder that holds inventory/;"
                    + " to look at this file alone: reroute validate FILE");
        } else if (Files.notExists(home)) {
            problems.unread(home,
                    "there is no such folder; --home names the one that holds inventory/");
        } else if (home.endsWith("inventory") && home.getParent() != null) {
            problems.unread(folder,
                    "there is no such folder; did you mean --home " + home.getParent() + "?");
        } else {
            problems.unread(folder, "there is no such folder; say --home FOLDER, or make it and"
                    + " put a file like widgetco.yaml there");
        }
    }
}
