package workshop.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RawHttpTest {
    @Test
    void anAnswerIsTakenApart() {
        var reply = RawHttp.parsed(
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nAllow: GET\r\nallow: PUT\r\n\r\nCrème\r\n\r\n!"
                        .getBytes(UTF_8));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("content-type")).isEqualTo("text/plain");
        assertThat(reply.body()).isEqualTo("Crème\r\n\r\n!");
    }

    @Test
    void whatIsNotHttpOrNotUtf8IsNoAnswer() {
        assertThatThrownBy(() -> RawHttp.parsed("500 oops".getBytes(UTF_8))).hasMessageContaining("not HTTP");
        assertThatThrownBy(() -> RawHttp.parsed(new byte[0])).hasMessageContaining("not HTTP");
        assertThatThrownBy(() -> RawHttp.parsed("HTTP/1.1 200 OK\r\n\r\n\u00ff".getBytes(ISO_8859_1)))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aBodyIsCutIntoChunks() {
        var chunked = new String(RawHttp.chunked("x".repeat(65_537).getBytes(UTF_8)), UTF_8);
        assertThat(chunked).startsWith("10000\r\nxxx").endsWith("x\r\n1\r\nx\r\n0\r\n\r\n");
    }
}
