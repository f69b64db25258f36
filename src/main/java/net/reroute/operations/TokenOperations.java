package net.reroute.operations;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.AccessToken;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Names;
import net.reroute.core.ProgramRemarks.TokenChanged;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.BadInventoryException;
import net.reroute.operations.ControllerAccess.ControllerSession;
import net.reroute.operations.ControllerAccess.Need;

/** Operations on tokens for the page and the API. */
record TokenOperations(ControllerAccess access) {

    /** Tells people, and programs that search for leaked secrets, what it is. */
    private static final String PREFIX = "reroute_";
    private static final int BYTES = 32;
    private static final int SECONDS = 5;

    TokenReport add(String name, boolean readOnly, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        Optional<String> complaint = name.equalsIgnoreCase("page")
                ? Optional.of("'page' is the name of those who have not logged in; choose another name")
                : Names.shape(name);
        if (complaint.isPresent()) {
            throw new RequestRefusedException(complaint.get());
        }
        try (ControllerSession session = access.open(Need.of(Set.of(), true))) {
            if (notes(session).containsKey(name)) {
                throw new RequestRefusedException("there is a token " + name + " already; 'reroute token revoke " + name
                        + "' ends it");
            }
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Instant now = Instant.now();
            AccessToken token = new AccessToken(name, AccessToken.hash(secret), readOnly,
                    request.lasting().map(now::plus), request.actor().toString(), now);
            String until = token.until().map(u -> ", until " + u).orElse("");
            await(session.controller().audit().record(new NoteKept(Shelf.TOKEN, name, token.note()),
                    new TokenChanged(request.actor(), name, true, (readOnly ? "to read" : "to act") + until)));
            return new TokenReport(token, secret);
        }
    }

    List<AccessToken> list() throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.atAGlance())) {
            return of(notes(session));
        }
    }

    /** The tokens that these notes stand for. */
    static List<AccessToken> of(Map<String, String> notes) {
        return notes.entrySet().stream().flatMap(e -> AccessToken.of(e.getKey(), e.getValue()).stream()).toList();
    }

    void revoke(String name, OperatorRequest request)
            throws RequestRefusedException, BadInventoryException, IOException {
        try (ControllerSession session = access.open(Need.of(Set.of(), true))) {
            if (!notes(session).containsKey(name)) {
                throw new UnknownNameException("no token '" + name + "'"
                        + Names.didYouMean(name, notes(session).keySet()) + "; 'reroute token' lists them");
            }
            await(session.controller().audit().record(new NotesDropped(Shelf.TOKEN, List.of(name)),
                    new TokenChanged(request.actor(), name, false, "")));
        }
    }

    private static Map<String, String> notes(ControllerSession session) {
        return session.controller().audit().state().notes(Shelf.TOKEN);
    }

    /** What a restart would not know is not promised. */
    private static void await(CompletableFuture<Void> written) throws RequestRefusedException {
        try {
            written.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new RequestRefusedException("the journal cannot be written now, so a restart would not know of it;"
                    + " 'reroute status' tells why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestRefusedException("interrupted", e);
        }
    }
}
