package net.reroute.ssh;

import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;
import net.schmizz.sshj.userauth.method.AuthMethod;

/**
 * Logs in through sshj with one key and one algorithm (RFC 4252 section 7): asks whether the server accepts the key,
 * then signs. sshj's own class re-encodes a certificate; this one sends it unchanged.
 */
final class SshjProof extends AbstractAuthMethod {

    private final UserKey key;
    private final String algorithm;

    private SshjProof(UserKey key, String algorithm) {
        super("publickey");
        this.key = key;
        this.algorithm = algorithm;
    }

    /**
     * The attempts in order: all keys with their best algorithm, then all with their second best. Servers limit the
     * number of attempts.
     */
    static List<AuthMethod> of(List<UserKey> keys, List<String> algorithms) {
        List<AuthMethod> all = new ArrayList<>();
        for (int round = 0; round < algorithms.size(); round++) {
            for (UserKey key : keys) {
                List<String> its = Algorithms.of(key.key(), algorithms);
                if (round < its.size()) {
                    all.add(new SshjProof(key, its.get(round)));
                }
            }
        }
        return all;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        return super.buildReq().putBoolean(signed).putString(algorithm).putString(key.key().blob());
    }

    /** Message 60 (SSH_MSG_USERAUTH_PK_OK): the server accepts the key. */
    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket request = request(true);
        byte[] data = new Buffer.PlainBuffer().putString(params.getTransport().getSessionID()).putBuffer(request)
                .getCompactData();
        byte[] signature = key.signer().sign(data, algorithm);
        if (signature == null) {
            throw new UserAuthException(key.name() + " cannot sign with " + algorithm);
        }
        params.getTransport().write(request.putString(signature));
    }
}
