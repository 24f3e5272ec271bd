package workshop.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A TCP relay between a service and its database that can be slow, or cut the line, and counts round trips; it knows
 * nothing of the protocol.
 */
public final class Relay implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS_UNDER_WAY = 64;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong answerBytes = new AtomicLong();
    private final AtomicLong connects = new AtomicLong();
    private volatile Duration latency = Duration.ZERO;
    private volatile Duration connectLatency = Duration.ZERO;
    private volatile boolean refuses;
    private volatile long cutAfter = NEVER;

    private Relay(ServerSocket listener, String host, int port) {
        this.listener = listener;
        this.host = host;
        this.port = port;
    }

    /** @param address {@code host:port} of the server behind the relay */
    public static Relay to(String address) throws IOException {
        var parts = address.split(":(?=\\d+$)");
        var relay = new Relay(
                new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), parts[0], Integer.parseInt(parts[1]));
        Thread.ofVirtual().name("relay").start(relay::accept);
        return relay;
    }

    /** @return where the relay listens, on the loopback address */
    public int port() {
        return listener.getLocalPort();
    }

    /** Delays each answer: a round trip takes {@code latency} longer, a long answer no more than that. */
    public void latency(Duration value) {
        latency = value;
    }

    /** Has what is asked on the connections that are open now reach the server so much later, and new ones as before. */
    public void questionLatency(Duration value) {
        lines.forEach(line -> line.questionLatency = value);
    }

    /** Has each new connection, also one that only asks to cancel, reach the server so much later, whatever is said meanwhile. */
    public void connectLatency(Duration value) {
        connectLatency = value;
    }

    /** Resets each new connection, also one that only asks to cancel; those that are open stay. */
    public void refuseConnects() {
        refuses = true;
    }

    /** Cuts the line (a TCP reset) when it has carried {@code bytes} more bytes of the server's answers. */
    public void cutAfter(long bytes) {
        lines.forEach(line -> line.answered.set(0));
        cutAfter = bytes;
    }

    /** No latency, no cut, and whoever connects is let through. */
    public void off() {
        refuses = false;
        latency = Duration.ZERO;
        connectLatency = Duration.ZERO;
        questionLatency(Duration.ZERO);
        cutAfter = NEVER;
    }

    /** @return how often, since the relay started, the service has sent something after it had received something */
    public long roundTrips() {
        return roundTrips.get();
    }

    /** @return how many bytes of the server's answers the relay has carried since it started */
    public long answerBytes() {
        return answerBytes.get();
    }

    /** @return how often, since the relay started, somebody has connected, also those who only asked to cancel */
    public long connects() {
        return connects.get();
    }

    /** @return how many connections are open through the relay now */
    public int connections() {
        return lines.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().name("relay-line").start(() -> connect(client));
            } catch (IOException failed) {
                // Closed; or a client that has gone already, or no file left to open, and then others come.
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private void connect(Socket client) {
        connects.incrementAndGet();
        try {
            if (refuses) {
                closeHard(client);
                return;
            }
            client.setTcpNoDelay(true);
            // As it was when it came: that it is taken back is no help to who is under way.
            var late = connectLatency;
            delay(System.nanoTime(), () -> late);
            var server = new Socket(host, port);
            server.setTcpNoDelay(true);
            var line = new Line(client, server);
            lines.add(line);
            Thread.ofVirtual().name("relay-questions").start(line::carryQuestions);
            Thread.ofVirtual().name("relay-answers").start(line::receiveAnswers);
            Thread.ofVirtual().name("relay-delay").start(line::deliverAnswers);
        } catch (IOException refused) {
            // The server is down: the service sees its connection end, as it would without a relay.
            closeHard(client);
        }
    }

    /** Looks again and again: what still waits when the latency is taken back goes on at once. */
    private static void delay(long since, Supplier<Duration> latency) {
        for (var left = left(since, latency); left > 0; left = left(since, latency)) {
            LockSupport.parkNanos(Math.min(left, LOOK_AGAIN.toNanos()));
        }
    }

    private static long left(long since, Supplier<Duration> latency) {
        return latency.get().toNanos() - (System.nanoTime() - since);
    }

    private static void closeHard(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        lines.forEach(Line::cut);
    }

    /** One connection and its two directions. */
    private final class Line {
        private record Chunk(byte[] bytes, long arrivedAt) {}

        private static final Chunk END = new Chunk(new byte[0], 0);

        private final Socket client;
        private final Socket server;
        private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_UNDER_WAY);
        private final AtomicInteger undelivered = new AtomicInteger();
        private final AtomicLong answered = new AtomicLong();
        private volatile boolean clientHasAnswer = true;
        private volatile Duration questionLatency = Duration.ZERO;

        private Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void carryQuestions() {
            var buffer = new byte[CHUNK];
            try {
                var in = client.getInputStream();
                var out = server.getOutputStream();
                for (var n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    if (clientHasAnswer) {
                        clientHasAnswer = false;
                        roundTrips.incrementAndGet();
                    }
                    delay(System.nanoTime(), () -> questionLatency);
                    out.write(buffer, 0, n);
                }
                server.shutdownOutput();
            } catch (IOException broken) {
                cut();
            }
        }

        private void receiveAnswers() {
            try {
                var in = server.getInputStream();
                while (receiveOne(in)) {}
            } catch (IOException broken) {
                cut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean receiveOne(InputStream in) throws IOException, InterruptedException {
            var buffer = new byte[CHUNK];
            var n = in.read(buffer);
            var chunk = new Chunk(Arrays.copyOf(buffer, Math.max(n, 0)), System.nanoTime());
            if (latency.isZero() && undelivered.get() == 0) {
                deliver(chunk); // the common case, without a second thread
            } else {
                undelivered.incrementAndGet();
                underWay.put(chunk);
            }
            return n > 0;
        }

        private void deliverAnswers() {
            try {
                for (var chunk = underWay.take(); chunk != END; chunk = underWay.take()) {
                    delay(chunk.arrivedAt(), () -> latency);
                    deliver(chunk);
                    undelivered.decrementAndGet();
                }
            } catch (IOException | InterruptedException broken) {
                cut();
            }
        }

        private void deliver(Chunk chunk) throws IOException {
            if (chunk.bytes().length == 0) {
                close();
                return;
            }
            var length = Math.clamp(cutAfter - answered.get(), 0, chunk.bytes().length);
            clientHasAnswer = true;
            answerBytes.addAndGet(length);
            client.getOutputStream().write(chunk.bytes(), 0, length);
            if (answered.addAndGet(length) >= cutAfter) {
                cut();
            }
        }

        private void close() throws IOException {
            lines.remove(this);
            underWay.offer(END);
            client.close();
            server.close();
        }

        private void cut() {
            lines.remove(this);
            underWay.clear();
            underWay.offer(END);
            closeHard(client);
            closeHard(server);
        }
    }
}
