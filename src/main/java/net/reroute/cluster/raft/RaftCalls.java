package net.reroute.cluster.raft;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member asks of its own part of Ratis. Thread-safe. */
final class RaftCalls {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    private static final int TRANSFER_MILLIS = 3000;

    private final RaftServer server;
    private final RaftGroupId group;
    private final RaftPeerId self;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();

    RaftCalls(RaftServer server, RaftGroupId group, RaftPeerId self) {
        this.server = server;
        this.group = group;
        this.self = self;
    }

    /** Has an entry replicated. Completes when a majority has it and it is applied here. */
    CompletableFuture<RaftClientReply> write(Message entry) {
        return call(request(RaftClientRequest.writeRequestType(), entry));
    }

    /** Completes if this member leads at that moment. */
    CompletableFuture<RaftClientReply> read() {
        return call(request(RaftClientRequest.readRequestType(), Message.EMPTY));
    }

    private RaftClientRequest request(RaftClientRequest.Type type, Message message) {
        return RaftClientRequest.newBuilder().setClientId(client).setServerId(self).setGroupId(group)
                .setCallId(calls.incrementAndGet()).setMessage(message).setType(type).build();
    }

    private CompletableFuture<RaftClientReply> call(RaftClientRequest request) {
        try {
            return server.submitClientRequestAsync(request).thenApply(RaftCalls::good);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static RaftClientReply good(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
        return reply;
    }

    /** Lets another member lead. Blocks until it does, or did not in time. */
    void transfer(String to) {
        try {
            RaftClientReply reply = server.transferLeadership(new TransferLeadershipRequest(client, self, group,
                    calls.incrementAndGet(), RaftPeerId.valueOf(to), TRANSFER_MILLIS));
            if (!reply.isSuccess()) {
                LOG.warn("{} does not take the lead: {}", to, reply.getException().getMessage());
            }
        } catch (IOException e) {
            LOG.warn("{} does not take the lead: {}", to, e.getMessage());
        }
    }

    /** Sets who votes. Blocks until they have all entries. */
    void configure(List<RaftPeer> peers) throws IOException {
        RaftClientReply reply = server.setConfiguration(new SetConfigurationRequest(client, self, group,
                calls.incrementAndGet(), SetConfigurationRequest.Arguments.newBuilder().setServersInNewConf(peers)
                        .setMode(SetConfigurationRequest.Mode.SET_UNCONDITIONALLY).build()));
        if (!reply.isSuccess()) {
            throw new IOException(reply.getException().getMessage(), reply.getException());
        }
    }
}
