package net.reroute.core;

/** The cause of a record or request. Compare actors by value; {@code toString} is for people. */
public sealed interface Actor {

    /**
     * A person.
     *
     * @param login the caller's account as the kernel reports it; behind sudo, the account that called sudo
     * @param via the playbook that the person started and that made this request; empty if there is none
     */
    record Human(String login, String via) implements Actor {

        @Override
        public boolean isSame(Actor other) {
            return other instanceof Human human && human.login.equals(login);
        }

        @Override
        public String toString() {
            return login;
        }
    }

    /** A playbook that started automatically, or a command that any playbook runs. */
    record Playbook(String name) implements Actor {
        @Override
        public String toString() {
            return "playbook " + name;
        }
    }

    /** @param of the actor that asked for the drill, for people */
    record Drill(String of) implements Actor {
        @Override
        public String toString() {
            return "drill by " + of;
        }
    }

    /** reroute itself: an intent expired or could not be carried out. */
    record Program() implements Actor {
        @Override
        public String toString() {
            return "reroute";
        }
    }

    /** The playbook that makes the request, on its own or for a person; empty if there is none. */
    default String playbook() {
        return switch (this) {
            case Human human -> human.via();
            case Playbook playbook -> playbook.name();
            case Drill drill -> "";
            case Program program -> "";
        };
    }

    /** True if both are the same requester. For people only the login counts, not the playbook. */
    default boolean isSame(Actor other) {
        return equals(other);
    }
}
