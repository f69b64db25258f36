package net.reroute.control;

import java.util.Optional;
import net.reroute.core.Assignment;
import net.reroute.core.Assignments.Released;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;
import net.reroute.core.Intent.Id;
import net.reroute.core.Intents.IntentEnded;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.Record;
import net.reroute.core.RequestRefusedException;
import net.reroute.journal.JournalException;

/** Writes intents to the journal before anything is done about them. An intent that cannot be written is refused. */
record IntentWriter(Controller controller) {

    /**
     * Records an intent, or its end.
     *
     * @param after the new intent; empty: the intent ends
     * @param undoes the journal row of the intent that this one undoes
     */
    void record(Id id, Optional<Intent> after, Attribution by, Optional<Long> undoes) throws RequestRefusedException {
        Optional<Intent> before = controller.intents().find(id);
        write(after.isPresent()
                ? new IntentMade(by, after.get(), before, undoes)
                : new IntentEnded(by, id, before, undoes));
    }

    /** Records that a service which was found somewhere may move again. */
    void released(String service, Attribution by, Assignment released) throws RequestRefusedException {
        write(new Released(service, by, released));
    }

    private void write(Record record) throws RequestRefusedException {
        try {
            controller.audit().recordFirst(record);
        } catch (JournalException e) {
            throw new RequestRefusedException(e.getMessage() + "; nothing was changed", e);
        }
    }
}
