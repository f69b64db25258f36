package net.reroute.cluster.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Names;

/**
 * The shell scripts that keep a lease and an epoch on a Linux machine. They need {@code flock} (util-linux or busybox)
 * and use builtins for the rest, since they run several times a second. The file is in a folder that a boot empties;
 * where one does not, it counts only if its boot id is today's. Time is the machine's own uptime, in hundredths of a
 * second.
 *
 * <p>The lock is held by a subshell around a complete command. The shell has read all of it before it begins, so a
 * controller that is stopped in the middle of sending holds no lock.
 */
public final class LeaseScript {

    /** How long a lease lasts. A leader that is stopped is replaced after this. */
    static final Duration TTL = Duration.ofMillis(800);
    /** Precedes what the script says itself. */
    private static final String SAYS = "=-=lease=-=";
    /** One line: word, boot id, epoch, holder, end of the lease, whether the others are in sync, now. */
    private static final Pattern ANSWER = Pattern.compile("(?m)^" + SAYS
            + " (\\w+) (\\S+) (\\d{1,15}) (\\S+) (\\d{1,11}) (\\S+) (\\d{1,11})$");
    /** How often a script tries to get the lock, every 20 ms. Each holder needs some milliseconds. */
    private static final int TRIES = 100;

    private final String cluster;

    /** @param cluster the id of the cluster, a word */
    public LeaseScript(String cluster) {
        this.cluster = Names.shape(cluster).isEmpty() ? cluster : refuse(cluster);
    }

    private static String refuse(String cluster) {
        throw new IllegalArgumentException("'" + cluster + "' is no id of a cluster");
    }

    /**
     * What a machine says of the lease.
     *
     * @param word what was done: held, free, taken, refused or fenced; busy, noflock and nofolder if nothing was
     * @param epoch the highest that was ever seen there since it booted
     * @param holder a member, or "-"
     * @param left time until the lease runs out; zero or less if it is free
     * @param synced false: the holder acknowledged records that the other member does not have
     */
    public record Answer(String word, long epoch, String holder, Duration left, boolean synced) {

        boolean isFree() {
            return left.isZero() || left.isNegative();
        }

        /** What keeps the machine from keeping a lease, and what to do; empty if nothing does. */
        public Optional<String> trouble() {
            return switch (word) {
                case "busy" -> Optional.of("its lock is held by a process that does not end; look with 'fuser' at"
                        + " /run/reroute");
                case "noflock" -> Optional.of("it has no flock; install util-linux there");
                case "nofolder" ->
                    Optional.of("the folder of the lease (/run/reroute, or /dev/shm/reroute-UID for users"
                            + " other than root) cannot be made, or is another user's; remove it there");
                default -> Optional.empty();
            };
        }
    }

    /** Reads an answer; empty if there is none. */
    public static Optional<Answer> read(String out) {
        Matcher matcher = ANSWER.matcher(out);
        return matcher.find()
                ? Optional.of(new Answer(matcher.group(1), Long.parseLong(matcher.group(3)), matcher.group(4),
                        Duration.ofMillis(10 * (Long.parseLong(matcher.group(5)) - Long.parseLong(matcher.group(7)))),
                        matcher.group(6).equals("+")))
                : Optional.empty();
    }

    /**
     * Finds the file, once in each shell. Members log in as the same user. A folder of another user is not used: he
     * could keep all of them from leading.
     */
    private String find() {
        return """
               if [ -z "$rr_f" ]; then
               rr_n=$(readlink /proc/self/ns/net) || rr_n=
               rr_n=${rr_n##*[}; rr_n=${rr_n%%]}
               rr_u=$(id -u)
               rr_d=/run/reroute; [ "$rr_u" = 0 ] || rr_d=/dev/shm/reroute-$rr_u
               [ -d "$rr_d" ] || mkdir -m 700 "$rr_d" 2>/dev/null
               if [ -O "$rr_d" ] && [ -d "$rr_d" ] && [ ! -L "$rr_d" ]; then
               rr_f=$rr_d/CLUSTER-$rr_n
               fi
               read -r rr_boot < /proc/sys/kernel/random/boot_id
               fi
               """.replace("CLUSTER", cluster);
    }

    /** Reads what there is into b (boot id), e (epoch), h (holder), u (until), s (in sync), n (now). */
    private static final String LOAD = """
                                       read -r n x < /proc/uptime; n=${n%.*}${n#*.}
                                       b=- e=0 h=- u=0 s=+
                                       [ -r "$rr_f" ] && read -r b e h u s < "$rr_f"
                                       [ "$b" = "$rr_boot" ] || { b=$rr_boot h=- u=0 s=+; }
                                       """;
    private static final String NOTHING = "b=- e=0 h=- u=0 s=- n=0\n";
    private static final String TELL = "echo \"" + SAYS + " $w $b $e $h $u $s $n\"\n";
    private static final String STORE = "printf '%s %s %s %s %s\\n' \"$b\" \"$e\" \"$h\" \"$u\" \"$s\" > \"$rr_f.new\""
            + " && mv -f \"$rr_f.new\" \"$rr_f\" || w=refused\n";

    /** What there is. Takes no lock and starts no program. */
    public String look() {
        return find() + "if [ -z \"$rr_f\" ]; then w=nofolder " + NOTHING + "else\nw=free\n" + LOAD
                + "[ \"$u\" -gt \"$n\" ] && w=held\nfi\n" + TELL;
    }

    /** Takes the lease under a new epoch, if nobody holds it. */
    public String take(String member, long epoch, Duration ttl, boolean synced) {
        return take("-ge", member, epoch, ttl, synced);
    }

    /** Takes the lease under an epoch that this member has on most routers already, if nobody holds it. */
    public String takeMore(String member, long epoch, Duration ttl, boolean synced) {
        return take("-gt", member, epoch, ttl, synced);
    }

    private String take(String refusing, String member, long epoch, Duration ttl, boolean synced) {
        return locked("if [ \"$u\" -gt \"$n\" ] && [ \"$h\" != " + member + " ] || [ \"$e\" " + refusing + " " + epoch
                + " ]; then w=refused; else\n" + holding(member, epoch, ttl, synced) + "fi\n");
    }

    /** Renews the lease, also one that has run out if nobody took it. */
    public String renew(String member, long epoch, Duration ttl, boolean synced) {
        return locked("if [ \"$h\" != " + member + " ] || [ \"$e\" != " + epoch + " ]; then w=refused; else\n"
                + holding(member, epoch, ttl, synced) + "fi\n");
    }

    private static String holding(String member, long epoch, Duration ttl, boolean synced) {
        return "w=taken e=" + epoch + " h=" + member + " s=" + (synced ? "+" : "-") + " u=$((n + " + ttl.toMillis() / 10
                + "))\n" + STORE;
    }

    /** Gives the lease up. */
    public String release(String member, long epoch) {
        return locked("if [ \"$h\" = " + member + " ] && [ \"$e\" = " + epoch + " ]; then u=0 w=free\n" + STORE
                + "fi\n");
    }

    /** Refuses if a later epoch is known; makes this one known, so that earlier ones are refused from now on. */
    private static String raised(long epoch) {
        // whoever typed under this epoch may hold a lease that a boot made the machine forget
        return "if [ \"$e\" -gt " + epoch + " ]; then w=fenced; elif [ \"$e\" -lt " + epoch + " ]; then\nh=- u=$((n + "
                + TTL.toMillis() / 10 + ")) e=" + epoch + "\n" + STORE + "fi\n";
    }

    /** Runs a script unless a later epoch is known. If not, the status is that of the script. */
    public String fenced(long epoch, String script) {
        return inLock("w=ran\n" + LOAD + raised(epoch) + "if [ $w != ran ]; then\n" + TELL
                + "exit 1\nfi\n{ " + script + "\n} 9>&-\n");
    }

    private String locked(String body) {
        return inLock("w=held\n" + LOAD + body + TELL);
    }

    private String inLock(String body) {
        return find() + "if [ -z \"$rr_f\" ]; then w=nofolder " + NOTHING + TELL + "false\nelse (\n"
                + "command -v flock >/dev/null || { w=noflock " + NOTHING + TELL + "exit 1\n}\n"
                + "i=0\nuntil flock -xn 9; do i=$((i + 1)); if [ $i -gt " + TRIES + " ]; then w=busy " + NOTHING
                + TELL + "exit 1\nfi; sleep 0.02; done\n" + body + ") 9>\"$rr_f.lock\"\nfi\n";
    }
}
