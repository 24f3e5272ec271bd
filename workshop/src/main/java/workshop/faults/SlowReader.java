package workshop.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A client that takes an HTTP answer at a steady, slow rate. */
public final class SlowReader implements AutoCloseable {
    private static final int TICKS_PER_SECOND = 20;
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private final Socket socket = new Socket();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean ended;

    private SlowReader() {}

    /** Sends a GET and reads its answer in the background at {@code bytesPerSecond}. */
    public static SlowReader start(URI uri, int bytesPerSecond) throws IOException {
        var reader = new SlowReader();
        // A small window, so that the slowness reaches the service at once.
        reader.socket.setReceiveBufferSize(RECEIVE_BUFFER);
        reader.socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        var request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(
                        uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                        uri.getAuthority());
        reader.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().name("slow-reader").start(() -> reader.read(Math.max(1, bytesPerSecond / TICKS_PER_SECOND)));
        return reader;
    }

    private void read(int bytesPerTick) {
        var buffer = new byte[bytesPerTick];
        try {
            var in = socket.getInputStream();
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.addAndGet(n);
                LockSupport.parkNanos(1_000_000_000 / TICKS_PER_SECOND);
            }
        } catch (IOException closedByEitherSide) {
            // The end, too.
        } finally {
            ended = true;
        }
    }

    /** @return how many bytes, head included, were read so far */
    public long bytes() {
        return bytes.get();
    }

    /** @return whether the answer has ended, well or not */
    public boolean ended() {
        return ended;
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
