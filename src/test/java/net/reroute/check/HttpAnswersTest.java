package net.reroute.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.CheckSpec.Expected;
import net.reroute.core.CheckSpec.Request;
import net.reroute.core.CheckSpec.Test.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as HTTP servers, proxies and caches give them (RFC 9110, RFC 9112), and what a check makes of each. */
@Timeout(60)
class HttpAnswersTest extends PeerFixture {

    private static final String PAGE = "<html>fine</html>";

    private String said(String response, String wanted) {
        answers(response);
        return get(body(wanted), PATIENCE).said();
    }

    private String said(byte[] head, byte[] body) {
        peer(socket -> {
            heard.set(request(socket));
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body);
        });
        return get(body("</html>"), PATIENCE).said();
    }

    private String packed(String coding, byte[] body) {
        return said(("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII), body);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(String plain, boolean bare) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed, new Deflater(9, bare))) {
            out.write(plain.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Test
    void readsPastEveryInterimAnswer() {
        assertThat(said("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                + "Link: </style.css>\r\nContent-Length: 7\r\n\r\nHTTP/1.1 199 Whatever\r\n\r\nHTTP/1.1 200 OK\r\n"
                + "Content-Length: 17\r\n\r\n" + PAGE, "</html>")).isEqualTo("HTTP 200");
    }

    @Test
    void interimAnswersWithoutEndAreAFailure() {
        assertThat(said("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(10) + "HTTP/1.1 200 OK\r\n\r\n" + PAGE, "</html>"))
                .isEqualTo("only interim answers (1xx), more than 8 of them");
    }

    @Test
    void aSwitchOfProtocolsThatNobodyAskedForIsTheAnswer() {
        assertThat(said("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", "x")).isEqualTo("HTTP 101");
    }

    @ParameterizedTest
    @CsvSource({"204", "304"})
    void anAnswerWithoutBodyIsNotWaitedFor(int status) {
        peer(socket -> {
            socket.getOutputStream().write(("HTTP/1.1 " + status + " x\r\nContent-Length: 5\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // and keeps the connection open
        });
        Expected wanted = new Expected(Set.of(status), Optional.of("x"), Optional.empty());
        assertThat(get(wanted, PATIENCE).said()).isEqualTo("HTTP " + status + " without the wanted text");
    }

    @Test
    void aBodyOfKnownLengthIsNotReadFurther() {
        peer(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        assertThat(get(body("c"), PATIENCE).said()).isEqualTo("HTTP 200 without the wanted text");
    }

    @Test
    void chunksHaveExtensionsAndTrailers() {
        assertThat(said("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\n"
                + "0005 ;a=\"b;c\"\r\n<html\r\nC;x\r\n>fine</html>\r\n0;last\r\nX-Sum: 1\r\n\r\n", "fine</html>"))
                .isEqualTo("HTTP 200");
    }

    @Test
    void linesMayEndWithLfAlone() {
        assertThat(said("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n11\n" + PAGE + "\n0\n\n", "</html>"))
                .isEqualTo("HTTP 200");
    }

    @Test
    void foldedHeadersAreOne() {
        assertThat(said("HTTP/1.1 200 OK\r\nX-Old: a\r\n b\r\nTransfer-Encoding:\r\n\tchunked\r\n\r\n11\r\n" + PAGE
                + "\r\n0\r\n\r\n", "<html>fine</html>")).isEqualTo("HTTP 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\r\nContent-Length: 2", "-1", "0x11", "17 bytes"})
    void aLengthThatMakesNoSenseIsAFailure(String length) {
        assertThat(said("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + PAGE, "</html>"))
                .startsWith("HTTP 200, its Content-Length makes no sense: '");
    }

    @Test
    void theSameLengthTwiceIsOne() {
        assertThat(said("HTTP/1.1 200 OK\r\nContent-Length: 17\r\nContent-Length: 17, 17\r\n\r\n" + PAGE, "</html>"))
                .isEqualTo("HTTP 200");
    }

    @Test
    void aBodyThatEndsEarlySaysSo() {
        String said = "HTTP 200, its body ended early, without the wanted text";
        assertThat(said("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n<html>", "</html>")).isEqualTo(said);
    }

    @Test
    void chunksThatEndEarlySaySo() {
        assertThat(said("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n", "</html>"))
                .isEqualTo("HTTP 200, its body ended early, without the wanted text");
    }

    @Test
    void whatIsFoundBeforeABodyBreaksIsFound() {
        assertThat(said("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n" + PAGE + "\r\nno chunk\r\n",
                "</html>")).isEqualTo("HTTP 200");
    }

    @Test
    void brokenChunksAreAFailure() {
        assertThat(said("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", "</html>"))
                .isEqualTo("HTTP 200, a broken chunk");
    }

    @Test
    void aSlowBodyIsNotNoAnswer() {
        peer(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n<html>"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        assertThat(get(body("</html>"), SHORT).said()).isEqualTo("HTTP 200, the wanted text did not come in 200ms");
        assertThat(get(any(), PATIENCE).said()).isEqualTo("HTTP 200"); // and matters only where a text is wanted
    }

    @Test
    void aSlowCompressedBodyIsNotNoAnswer() {
        peer(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\u001f"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        assertThat(get(body("</html>"), SHORT).said()).isEqualTo("HTTP 200, the wanted text did not come in 200ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "identity, gzip"})
    void unpacksGzip(String coding) {
        assertThat(packed(coding, gzip(PAGE.getBytes(StandardCharsets.UTF_8)))).isEqualTo("HTTP 200");
        assertThat(heard.get()).contains("\r\nAccept-Encoding: identity\r\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unpacksBothKindsOfDeflate(boolean bare) {
        assertThat(packed("deflate", deflate(PAGE, bare))).isEqualTo("HTTP 200");
    }

    @Test
    void unpacksWhatIsPackedForTheWay() {
        byte[] body = gzip(PAGE.getBytes(StandardCharsets.UTF_8));
        byte[] head = ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + Integer.toHexString(body.length)
                + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(said(head, body)).isEqualTo("HTTP 200"); // although the last chunk never comes
    }

    @ParameterizedTest
    @CsvSource({"br", "zstd", "compress"})
    void namesACompressionItDoesNotKnow(String coding) {
        assertThat(packed(coding, new byte[]{1, 2, 3}))
                .isEqualTo("HTTP 200, its body is compressed with " + coding + ", which a check cannot search");
    }

    @Test
    void whatIsCalledGzipAndIsNotSaysSo() {
        assertThat(packed("gzip", PAGE.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("HTTP 200, its compressed body is broken");
    }

    @Test
    void aCompressedBodyThatEndsEarlySaysSo() {
        byte[] whole = gzip(PAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(packed("gzip", java.util.Arrays.copyOf(whole, 12)))
                .isEqualTo("HTTP 200, its body ended early, without the wanted text");
    }

    @Test
    void unpacksSixtyFourKilobytesAndNoMore() {
        byte[] bomb = gzip(new byte[50 << 20]);
        assertThat(packed("gzip", bomb)).isEqualTo("HTTP 200 without the wanted text");
    }

    @Test
    void aBodyThatIsAllPackingIsEnded() {
        peer(socket -> {
            request(socket);
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[]{0, 0, 0, -1, -1}); // an empty stored block (RFC 1951 section 3.2.4)
            }
        });
        assertThat(get(body("</html>"), PATIENCE).said()).isEqualTo("HTTP 200, its body has too little text for its"
                + " size");
    }

    @Test
    void aBodyInAnotherCharacterSetIsReadInIt() {
        byte[] latin = "Grüße".getBytes(StandardCharsets.ISO_8859_1);
        peer(socket -> {
            request(socket);
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"ISO-8859-1\"\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(latin);
        });
        assertThat(get(body("Grüße"), PATIENCE).said()).isEqualTo("HTTP 200");
    }

    @Test
    void whatAStrangerSaysComesWithoutWhatATerminalObeys() {
        assertThat(said("\u001b[2Jhello\r\n", "x")).isEqualTo("no HTTP: '[2Jhello'");
    }

    @ParameterizedTest
    @CsvSource({"www.example.com, www.example.com:PORT", "www.example.com., www.example.com.:PORT",
            "www.example.com:8080, www.example.com:8080", "my_host.example.com, my_host.example.com:PORT",
            "{service}, 192.168.1.33:PORT", "[{service}]:81, 192.168.1.33:81", "2001:db8::1, [2001:db8::1]:PORT",
            "[2001:db8::1]:8443, [2001:db8::1]:8443"})
    void hostSaysWhatTheInventorySays(String host, String header) {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Http http = new Http(new Request(false, "{server}", server.getLocalPort(), "/", Optional.of(host)), any(),
                new CertificateTrust(Optional.empty(), Optional.empty()));
        assertThat(run(http, PATIENCE).said()).isEqualTo("HTTP 200");
        assertThat(heard.get()).contains("\r\nHost: " + header.replace("PORT", "" + server.getLocalPort()) + "\r\n");
    }
}
