package net.reroute.simulation.linux;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Programs that show facts about the machine. */
final class SystemTools {

    private static final String KERNEL = "6.1.0-18-amd64";
    private static final String VERSION = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM d hh:mm:ss a 'UTC' uuuu",
            Locale.US);
    private static final double LONGEST_SLEEP = 60;

    private SystemTools() {}

    static Map<String, LinuxCommand> all() {
        Map<String, LinuxCommand> all = new HashMap<>();
        all.put("true", call -> 0);
        all.put(":", call -> 0);
        all.put("false", call -> 1);
        all.put("clear", call -> 0);
        all.put("stty", SystemTools::stty);
        all.put("tty", SystemTools::tty);
        all.put("tput", SystemTools::tput);
        all.put("hostname", call -> print(call, call.shell().host().name()));
        all.put("whoami", call -> print(call, call.shell().host().user()));
        all.put("uname", SystemTools::uname);
        all.put("uptime", call -> print(call, " 10:00:00 up 12 days,  3:04,  1 user,  load average: 0.00, 0.00, 0.00"));
        all.put("id", SystemTools::id);
        all.put("date", SystemTools::date);
        all.put("sleep", SystemTools::sleep);
        all.put("sysctl", SystemTools::sysctl);
        return all;
    }

    /** The greeting on a terminal. */
    static String banner(LinuxHost host) {
        return "Linux " + host.name() + " " + KERNEL + " " + VERSION + " x86_64\n";
    }

    private static int print(LinuxCall call, String line) throws IOException {
        call.out(line + "\n");
        return 0;
    }

    private static int tty(LinuxCall call) throws IOException {
        print(call, call.io().interactive() ? "/dev/pts/0" : "not a tty");
        return call.io().interactive() ? 0 : 1;
    }

    private static int stty(LinuxCall call) throws IOException {
        if (!call.io().interactive()) {
            return call.fail(1, "'standard input': Inappropriate ioctl for device");
        }
        return call.args().equals(List.of("size")) ? print(call, "24 80") : 0;
    }

    private static int tput(LinuxCall call) throws IOException {
        return switch (call.args().isEmpty() ? "" : call.args().getFirst()) {
            case "cols" -> print(call, "80");
            case "lines" -> print(call, "24");
            default -> 0;
        };
    }

    private static int uname(LinuxCall call) throws IOException {
        String flags = call.args().isEmpty() ? "-s" : String.join("", call.args());
        return print(call, switch (flags) {
            case "-a" -> "Linux " + call.shell().host().name() + " " + KERNEL + " " + VERSION + " x86_64 GNU/Linux";
            case "-n" -> call.shell().host().name();
            case "-r" -> KERNEL;
            case "-v" -> VERSION;
            case "-m" -> "x86_64";
            case "-o" -> "GNU/Linux";
            case "-sr" -> "Linux " + KERNEL;
            default -> "Linux";
        });
    }

    private static int id(LinuxCall call) throws IOException {
        String user = call.shell().host().user();
        int number = user.equals("root") ? 0 : 1000;
        return print(call, switch (String.join("", call.args())) {
            case "-u", "-g" -> Integer.toString(number);
            case "-un", "-gn", "-nu" -> user;
            default -> "uid=%d(%s) gid=%d(%s) groups=%d(%s)".formatted(number, user, number, user, number, user);
        });
    }

    private static int date(LinuxCall call) throws IOException {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return print(call, switch (call.args().isEmpty() ? "" : call.args().getLast()) {
            case "+%s" -> Long.toString(now.toEpochSecond());
            case "+%F" -> now.toLocalDate().toString();
            case "-Is", "-Iseconds" -> now.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'"));
            default -> now.format(DATE);
        });
    }

    private static int sleep(LinuxCall call) throws IOException {
        if (call.args().isEmpty()) {
            return call.fail(1, "missing operand");
        }
        if (!call.args().getFirst().matches("\\d{1,6}(\\.\\d{1,6})?s?")) {
            return call.fail(1, "invalid time interval ‘" + call.args().getFirst() + "’");
        }
        double seconds = Double.parseDouble(call.args().getFirst().replace("s", ""));
        call.io().pause((long) (1000 * Math.min(seconds, LONGEST_SLEEP)));
        return 0;
    }

    private static int sysctl(LinuxCall call) throws IOException {
        Map<String, String> known = call.shell().host().sysctls();
        boolean bare = call.args().contains("-n");
        int status = 0;
        if (call.args().contains("-a")) {
            for (Map.Entry<String, String> key : known.entrySet()) {
                print(call, key.getKey() + " = " + key.getValue());
            }
        }
        for (String key : call.args().stream().filter(a -> !a.startsWith("-")).toList()) {
            String dotted = key.replace('/', '.');
            if (!known.containsKey(dotted)) {
                status = call.fail(255, "cannot stat /proc/sys/" + dotted.replace('.', '/')
                        + ": No such file or directory");
            } else {
                print(call, bare ? known.get(dotted) : dotted + " = " + known.get(dotted));
            }
        }
        return status;
    }
}
