package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Faults and peculiarities of a simulated router, for tests. All are off at first. A command is given as a regular
 * expression that matches part of the typed line. Thread-safe.
 */
public final class Faults {

    private final Map<Pattern, String> answers = new LinkedHashMap<>();
    private final Map<Pattern, String> remarks = new LinkedHashMap<>();
    private final List<Pattern> pushed = new ArrayList<>();
    private final List<Pattern> ignored = new ArrayList<>();
    private final List<Pattern> dropped = new ArrayList<>();
    private final List<Pattern> messages = new ArrayList<>();
    private final List<Pattern> paged = new ArrayList<>();
    private final Map<Pattern, List<String>> questions = new LinkedHashMap<>();
    private final List<String> replies = new ArrayList<>();
    private String name = "";
    private String configName = "";
    private String passwordQuestion = "Password: ";
    private boolean narrow;
    private boolean doubleEcho;
    private boolean silentConfig;
    private boolean engines;
    private String lineEnd = "\r\n";
    private Random chunks;
    private String lock = "";

    /** Answers matching commands with this text, and does nothing. */
    public synchronized Faults answer(String command, String text) {
        answers.put(Pattern.compile(command), text);
        return this;
    }

    /** Prints this text at matching commands, and runs them. */
    public synchronized Faults remark(String command, String text) {
        remarks.put(Pattern.compile(command), text);
        return this;
    }

    /** At matching commands the lock of another session ends configuration mode. */
    public synchronized Faults pushBack(String command) {
        pushed.add(Pattern.compile(command));
        return this;
    }

    /** Accepts matching configuration lines, but changes nothing. */
    public synchronized Faults ignore(String command) {
        ignored.add(Pattern.compile(command));
        return this;
    }

    /** Cuts the session without a message at the next matching command, once. */
    public synchronized Faults drop(String command) {
        dropped.add(Pattern.compile(command));
        return this;
    }

    /** Prints a system message within the answer to matching commands. */
    public synchronized Faults message(String command) {
        messages.add(Pattern.compile(command));
        return this;
    }

    /** Pages the answers to matching commands, whatever the terminal's length is. */
    public synchronized Faults page(String command) {
        paged.add(Pattern.compile(command));
        return this;
    }

    /** Scrolls long lines sideways as on 80 columns, whatever the terminal's width is. */
    public synchronized Faults narrow() {
        narrow = true;
        return this;
    }

    /** Echoes every command a second time. */
    public synchronized Faults doubleEcho() {
        doubleEcho = true;
        return this;
    }

    /** Shows no prompt in configuration mode, as with {@code no service prompt config}. */
    public synchronized Faults silentConfig() {
        silentConfig = true;
        return this;
    }

    /** Answers for two routing engines, as Junos does. */
    public synchronized Faults twoEngines() {
        engines = true;
        return this;
    }

    /** Sets the line end, such as CR CR LF or CR NUL LF. */
    public synchronized Faults lineEnd(String text) {
        lineEnd = text;
        return this;
    }

    /** Sends output in pieces of random length. */
    public synchronized Faults chunks(long seed) {
        chunks = new Random(seed);
        return this;
    }

    /** Another session holds the configuration lock. Prints this text; empty: no lock. */
    public synchronized Faults locked(String text) {
        lock = text;
        return this;
    }

    /** Shows these names in its prompts from now on, instead of the host name. */
    public synchronized Faults named(String exec, String config) {
        name = exec;
        configName = config;
        return this;
    }

    /** Asks these questions, one after the other, before it runs a matching command. Accepts any reply. */
    public synchronized Faults asks(String command, String... texts) {
        questions.put(Pattern.compile(command), List.of(texts));
        return this;
    }

    /** Sets the question for the password of privileged mode. */
    public synchronized Faults passwordQuestion(String text) {
        passwordQuestion = text;
        return this;
    }

    /** Ends all faults, and forgets the replies. */
    public synchronized void none() {
        List.of(ignored, dropped, messages, paged, pushed, replies).forEach(List::clear);
        List.of(answers, remarks, questions).forEach(Map::clear);
        name = "";
        configName = "";
        passwordQuestion = "Password: ";
        narrow = false;
        doubleEcho = false;
        silentConfig = false;
        engines = false;
        lineEnd = "\r\n";
        chunks = null;
        lock = "";
    }

    synchronized Optional<String> answerTo(String command) {
        return first(answers, command);
    }

    synchronized Optional<String> remarkOn(String command) {
        return first(remarks, command);
    }

    /** The name that the prompt shows. */
    synchronized String shown(String hostname, boolean config) {
        String shown = config ? configName : name;
        return name.isEmpty() && configName.isEmpty() ? hostname : shown;
    }

    synchronized List<String> questionsAt(String command) {
        return questions.entrySet().stream().filter(e -> e.getKey().matcher(command).find())
                .flatMap(e -> e.getValue().stream()).toList();
    }

    synchronized String passwordQuestion() {
        return passwordQuestion;
    }

    synchronized void replied(String text) {
        replies.add(text);
    }

    /** The replies to its questions so far. */
    public synchronized List<String> replies() {
        return List.copyOf(replies);
    }

    synchronized boolean pushesBack(String command) {
        return pushed.stream().anyMatch(p -> p.matcher(command).find());
    }

    private static Optional<String> first(Map<Pattern, String> texts, String command) {
        return texts.entrySet().stream().filter(e -> e.getKey().matcher(command).find()).map(Map.Entry::getValue)
                .findFirst();
    }

    synchronized boolean ignores(String command) {
        return ignored.stream().anyMatch(p -> p.matcher(command).find());
    }

    synchronized boolean drops(String command) {
        Optional<Pattern> due = dropped.stream().filter(p -> p.matcher(command).find()).findFirst();
        due.ifPresent(dropped::remove);
        return due.isPresent();
    }

    synchronized boolean interrupts(String command) {
        return messages.stream().anyMatch(p -> p.matcher(command).find());
    }

    synchronized boolean pages(String command) {
        return paged.stream().anyMatch(p -> p.matcher(command).find());
    }

    synchronized boolean isNarrow() {
        return narrow;
    }

    synchronized boolean echoesTwice() {
        return doubleEcho;
    }

    synchronized boolean hidesConfigPrompt() {
        return silentConfig;
    }

    synchronized boolean hasTwoEngines() {
        return engines;
    }

    synchronized String lineEnd() {
        return lineEnd;
    }

    synchronized Optional<String> lock() {
        return Optional.of(lock).filter(l -> !l.isEmpty());
    }

    /** The length of the next piece to send, in bytes. */
    synchronized int chunk(int left) {
        return chunks == null ? left : Math.min(left, 1 + chunks.nextInt(9));
    }
}
