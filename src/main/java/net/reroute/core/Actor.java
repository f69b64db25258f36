package net.reroute.core;

/** Who causes something. Actors are told apart by what they are; what they are called is for people to read. */
public sealed interface Actor {

    /**
     * A person.
     *
     * @param login as the kernel knows the caller, or sudo the one behind it
     * @param via the playbook that was played by hand and wishes in the person's name; empty if there is none
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

    /** The steps of a playbook that started by itself, and the commands that any playbook runs. */
    record Playbook(String name) implements Actor {
        @Override
        public String toString() {
            return "playbook " + name;
        }
    }

    /** @param of who asked for it */
    record Drill(String of) implements Actor {
        @Override
        public String toString() {
            return "drill by " + of;
        }
    }

    /** reroute itself: a wish ended, or nothing fulfilled it. */
    record Program() implements Actor {
        @Override
        public String toString() {
            return "reroute";
        }
    }

    /** The playbook that acts, or in whose steps a person does; empty if there is none. */
    default String playbook() {
        return switch (this) {
            case Human human -> human.via();
            case Playbook playbook -> playbook.name();
            case Drill drill -> "";
            case Program program -> "";
        };
    }

    /** True if what one wished for is the other's own. */
    default boolean isSame(Actor other) {
        return equals(other);
    }
}
