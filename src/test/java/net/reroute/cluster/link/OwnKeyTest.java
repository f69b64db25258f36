package net.reroute.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.Principal;
import java.security.Security;
import net.reroute.core.Address;
import net.reroute.core.ClusterSpec.Member;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKeyTest {

    private static final String[] KINDS = {"RSASSA-PSS", "EC"};

    private final Identity own;

    OwnKeyTest() throws Exception {
        own = Identity.found(new Member("c1", Address.parse("127.0.0.1"), 1, false));
    }

    /** Java's TLS leaves out a certificate whose key is named in another way than the one in it. */
    @Test
    void aMemberShowsItsCertificateAlsoWhenItReadsItsKeyAfterTheFirstLogin(@TempDir Path state) throws Exception {
        own.store(state);
        boolean added = Security.addProvider(new BouncyCastleProvider()) >= 0; // as the first login does
        try {
            Identity read = Identity.load(state).orElseThrow();
            assertThat(read.key().getAlgorithm()).isEqualTo(read.certificate().getPublicKey().getAlgorithm());
            OwnKey shown = new OwnKey(read);
            for (String alias : new String[]{shown.chooseEngineServerAlias("EC", null, null),
                    shown.chooseServerAlias("EC", null, null), shown.chooseEngineClientAlias(KINDS, null, null),
                    shown.chooseClientAlias(KINDS, new Principal[0], null)}) {
                assertThat(alias).isNotNull();
                assertThat(shown.getPrivateKey(alias)).isEqualTo(own.key());
                assertThat(shown.getCertificateChain(alias)).containsExactly(own.certificate(), own.authority());
            }
        } finally {
            if (added) {
                Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
            }
        }
    }

    @Test
    void aMemberShowsNothingToAnotherClusterOrForAnotherKindOfKey() throws Exception {
        OwnKey shown = new OwnKey(own);
        Identity other = Identity.found(new Member("c1", Address.parse("127.0.0.1"), 1, false));
        Principal[] theirs = {other.authority().getSubjectX500Principal()};
        assertThat(shown.chooseEngineClientAlias(KINDS, theirs, null)).isNull();
        assertThat(shown.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(shown.getClientAliases("RSA", null)).isNull();
        Principal[] ours = {own.authority().getSubjectX500Principal()};
        assertThat(shown.chooseEngineClientAlias(KINDS, ours, null)).isNotNull();
    }
}
