package net.reroute.redirect.arp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Durations;

/** The state of one guarded address: announcements, claims by other machines, trouble. Thread-safe. */
public final class GuardedAddress {

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int MOST_ANSWERS = 3; // of three announcements each
    private static final Duration UNTIL_ALERT = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofSeconds(15);

    /**
     * One line of a report.
     *
     * @param address that is guarded
     * @param at server that has it
     * @param away true if it was taken over
     * @param announced number of announcements so far
     * @param contested number of claims by other machines so far
     * @param trouble what is wrong; empty if nothing is
     */
    public record AddressReport(Address address, String at, boolean away, int announced, int contested,
            String trouble) {}

    private HeldAddress held;
    private Instant looked = Instant.EPOCH;
    private int announced;
    private int contested;
    private int claims;
    private Instant firstClaim = Instant.MIN;
    private Instant lastClaim = Instant.MIN;
    private String claimer = "";
    private boolean alerted;
    private final Deque<Instant> answered = new ArrayDeque<>();
    private String trouble = "";
    /** True if the trouble is another holder; then the server itself has the address. */
    private boolean shared;

    GuardedAddress(HeldAddress held) {
        this.held = held;
    }

    synchronized HeldAddress held() {
        return held;
    }

    synchronized void held(HeldAddress next) {
        held = next;
    }

    synchronized boolean isDue(Instant now) {
        return !now.isBefore(looked.plus(held.request().how().refresh()));
    }

    synchronized void looked(Instant now) {
        looked = now;
    }

    /** Counts an announcement. It ends trouble about an earlier one, but not about a second holder. */
    synchronized void announced() {
        announced++;
        trouble = shared ? trouble : "";
    }

    /** Ends trouble about a second holder. */
    synchronized void isAlone() {
        trouble = shared ? "" : trouble;
        shared = false;
    }

    /** True if the server held it when last asked. */
    synchronized boolean isSure() {
        return trouble.isEmpty() || shared;
    }

    /** Sets the trouble; an empty text clears it. Returns the text if it is new. */
    synchronized Optional<String> trouble(String text) {
        return trouble(text, false);
    }

    /** As {@link #trouble(String)}, for a second holder: the server itself has the address. */
    synchronized Optional<String> sharedTrouble(String text) {
        return trouble(text, true);
    }

    private Optional<String> trouble(String text, boolean otherHolder) {
        shared = otherHolder;
        boolean news = !text.isEmpty() && !text.equals(trouble);
        trouble = text;
        return news ? Optional.of(text) : Optional.empty();
    }

    /**
     * Notes a question or claim by another machine. Returns false if there were enough answers within the last second.
     */
    synchronized boolean heard(ArpObservation heard, Instant now) {
        boolean claim = heard.meaning() == ArpObservation.Meaning.CLAIM;
        if (claim) {
            contested++;
            if (now.isAfter(lastClaim.equals(Instant.MIN) ? Instant.MIN : lastClaim.plus(FORGOTTEN))) {
                firstClaim = now;
                claims = 0;
                alerted = false;
            }
            lastClaim = now;
            claimer = heard.from().toString();
            claims++;
        }
        answered.removeIf(at -> !now.isBefore(at.plus(WINDOW)));
        boolean room = answered.size() < MOST_ANSWERS;
        if (room) {
            answered.add(now);
        }
        return room;
    }

    /**
     * The sentence to report when another machine has claimed the address for a minute; empty if there is none, or it
     * was reported already.
     */
    synchronized Optional<String> alert(Instant now) {
        boolean due = !alerted && !lastClaim.equals(Instant.MIN) && lastClaim.plus(FORGOTTEN).isAfter(now)
                && Duration.between(firstClaim, now).compareTo(UNTIL_ALERT) >= 0;
        alerted |= due;
        return due
                ? Optional.of("somebody else (" + claimer + ") has claimed it for " + Durations.age(firstClaim, now)
                        + ", " + claims
                        + " times; find that machine and take the address off it")
                : Optional.empty();
    }

    synchronized AddressReport report(Instant now) {
        boolean lately = !lastClaim.equals(Instant.MIN) && lastClaim.plus(FORGOTTEN).isAfter(now);
        return new AddressReport(held.request().address(), held.request().to(), held.away(), announced, contested,
                trouble.isEmpty() && lately ? "claimed by " + claimer : trouble);
    }
}
