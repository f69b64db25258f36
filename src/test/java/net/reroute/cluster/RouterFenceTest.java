package net.reroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.reroute.cluster.member.Election;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;
import org.junit.jupiter.api.Test;

/** What a leader may type when another one is elected in the meantime. */
class RouterFenceTest {

    private static final class Elections implements Election {

        private long epoch = 5;
        private boolean leads = true;

        @Override
        public boolean leads() {
            return leads;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public Optional<String> leader() {
            return leads ? Optional.of("c1") : Optional.of("c2");
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public void resign(String successor) {
            leads = false;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final Elections elections = new Elections();
    private final Fence fence = new RouterFence("x", elections);

    @Test
    void aLeaderThatIsStoppedRightAfterItsCheckTypesUnderItsOwnEpochAndNotUnderThatOfItsSuccessor()
            throws SshException {
        Fence.Pass pass = fence.check();
        elections.epoch = 6;
        elections.leads = false;
        assertThat(pass.around("true")).contains("-gt 5 ]").doesNotContain("-gt 6 ]");
    }

    @Test
    void whoDoesNotLeadIsToldWhoDoes() {
        elections.leads = false;
        assertThatThrownBy(fence::check).isInstanceOf(SshException.class).hasMessageContaining("c2 does")
                .hasMessageContaining("nothing was typed");
    }
}
