package net.reroute.cluster.raft;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import net.reroute.cluster.link.MemberTrust;
import net.reroute.cluster.link.Tls;
import net.reroute.core.ClusterSpec.Member;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Read;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** How Ratis is set up. What is not set here is as Ratis has it. */
final class RaftSettings {

    private static final int ELECTION_MIN_MILLIS = 150;
    private static final int ELECTION_MAX_MILLIS = 300;
    /** Who has lost the majority, or handed over, leaves it to others for this long. */
    private static final int STEPPED_DOWN_MILLIS = 150;
    /** Ratis ends a server after such a pause; the fence is what makes pauses harmless. */
    private static final int PAUSE_HOURS = 24;
    private static final int ENTRIES_TO_SNAPSHOT = 5000;
    /** A member that was away for this many entries takes the whole journal. */
    private static final int ENTRIES_KEPT = 2000;
    private static final int WITNESS = 0;
    private static final int FULL = 1;

    /** Kept, so that its level stays: it tells of things that nobody asked for. */
    private static final Logger SHADED = Logger.getLogger("org.apache.ratis.thirdparty");

    static {
        SHADED.setLevel(Level.OFF);
        System.setProperty("org.apache.ratis.thirdparty.io.netty.noUnsafe", "true");
    }

    private RaftSettings() {}

    static RaftProperties of(Path folder, Member own) {
        RaftProperties p = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(p, List.of(folder.toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(p, new File(folder.toFile(), "removed"));
        RaftConfigKeys.Rpc.setType(p, SupportedRpcType.GRPC);
        GrpcConfigKeys.Server.setHost(p, own.address().toString());
        GrpcConfigKeys.Server.setPort(p, port(own));
        Rpc.setTimeoutMin(p, millis(ELECTION_MIN_MILLIS));
        Rpc.setTimeoutMax(p, millis(ELECTION_MAX_MILLIS));
        Rpc.setFirstElectionTimeoutMin(p, millis(ELECTION_MIN_MILLIS));
        Rpc.setFirstElectionTimeoutMax(p, millis(ELECTION_MAX_MILLIS));
        Rpc.setSlownessTimeout(p, TimeDuration.valueOf(PAUSE_HOURS, TimeUnit.HOURS));
        RaftServerConfigKeys.setCloseThreshold(p, TimeDuration.valueOf(PAUSE_HOURS, TimeUnit.HOURS));
        // by Ratis 10 s: meanwhile nobody leads if the others lack records
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, millis(STEPPED_DOWN_MILLIS));
        // the first two of a cluster: one member is joined by one
        RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(p, true);
        Read.setOption(p, Read.Option.LINEARIZABLE);
        Read.setLeaderLeaseEnabled(p, true);
        Snapshot.setAutoTriggerEnabled(p, true);
        Snapshot.setAutoTriggerThreshold(p, ENTRIES_TO_SNAPSHOT);
        Log.setPurgeUptoSnapshotIndex(p, true);
        Log.setPurgePreservationLogNum(p, ENTRIES_KEPT);
        Log.setSegmentSizeMax(p, SizeInBytes.valueOf("8MB"));
        Log.setPreallocatedSize(p, SizeInBytes.valueOf("1MB"));
        Log.setSegmentCacheNumMax(p, 2);
        Log.Appender.setInstallSnapshotEnabled(p, false); // a member fetches the journal itself
        return p;
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }

    /** Mutual TLS, by the JDK: no native library. */
    static Parameters tls(KeyManager keys, MemberTrust trust) {
        Parameters parameters = new Parameters();
        GrpcTlsConfig tls = GrpcTlsConfig.newBuilder().setKeyManager(keys).setTrustManager(trust)
                .setMutualTls(true).setSslProvider(SslProvider.JDK).setProtocols(Tls.VERSION).build();
        GrpcConfigKeys.TLS.setConf(parameters, tls);
        GrpcConfigKeys.Server.setTlsConf(parameters, tls);
        GrpcConfigKeys.Client.setTlsConf(parameters, tls);
        GrpcConfigKeys.Admin.setTlsConf(parameters, tls);
        return parameters;
    }

    private static int port(Member member) {
        return member.port() + 1;
    }

    /** A member as Ratis knows it. Members of a higher rank lead before those of a lower one. */
    static RaftPeer peer(Member member) {
        String host = member.address().v6() ? "[" + member.address() + "]" : member.address().toString();
        return RaftPeer.newBuilder().setId(member.name()).setAddress(host + ":" + port(member))
                .setPriority(member.witness() ? WITNESS : FULL).build();
    }

    /** The group of a cluster. */
    static RaftGroupId group(String cluster) {
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes(("reroute " + cluster).getBytes(
                StandardCharsets.UTF_8)));
    }
}
