package workshop.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** Writes bytes to a socket and reads an HTTP answer: java.net.http refuses to send what an attacker sends. */
final class RawHttp {
    private RawHttp() {}

    static byte[] get(String pathAndQuery) {
        return ("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    /** @param headers what the body is and where it ends */
    static byte[] post(String path, String headers, byte[] body) {
        var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n\r\n";
        return ByteBuffer.allocate(head.length() + body.length)
                .put(head.getBytes(ISO_8859_1))
                .put(body)
                .array();
    }

    /** @return the body in chunks of 64 KiB */
    static byte[] chunked(byte[] body) {
        var chunks = new ByteArrayOutputStream();
        for (var from = 0; from < body.length; from += 65_536) {
            var length = Math.min(65_536, body.length - from);
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(body, from, length);
            chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return chunks.toByteArray();
    }

    /** @param request says {@code Connection: close}, or is one that the server refuses */
    static Reply exchange(int port, byte[] request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request);
            } catch (IOException answeredBeforeTheEnd) {
                // The server may refuse a large body unread; its answer is there to be read all the same.
            }
            return parsed(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(
                    "No answer (%s) to %s".formatted(e, Reply.shortened(new String(request, ISO_8859_1))), e);
        }
    }

    static Reply parsed(byte[] answer) {
        // ISO-8859-1 keeps each byte, so that the body can be decoded strictly.
        var text = new String(answer, ISO_8859_1);
        if (!text.matches("(?s)HTTP/1\\.1 \\d{3}.*?\r\n\r\n.*")) {
            throw new AssertionError("This is not HTTP: " + Reply.shortened(text));
        }
        var end = text.indexOf("\r\n\r\n");
        var head = text.substring(0, end).split("\r\n");
        var headers = Arrays.stream(head, 1, head.length)
                .map(line -> line.split(":", 2))
                .collect(groupingBy(
                        field -> field[0].toLowerCase(Locale.ROOT), mapping(field -> field[1].strip(), toList())));
        return new Reply(
                Integer.parseInt(head[0].split(" ")[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                Market.utf8(text.substring(end + 4).getBytes(ISO_8859_1)));
    }
}
