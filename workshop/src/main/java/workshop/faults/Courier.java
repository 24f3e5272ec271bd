package workshop.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import tools.jackson.databind.json.JsonMapper;

/** The courier whom marketsvc tells of each new order: as quick or as slow as a lesson needs him. */
public final class Courier implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Integer> orders = new ConcurrentLinkedQueue<>();
    private volatile Duration pause = Duration.ZERO;
    private volatile IntConsumer listener = orderId -> {};

    private Courier() throws IOException {
        // The longest queue that the system grants: a hundred orders at once are part of a lesson.
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** Opens his office on a free port of this machine. */
    public static Courier open() throws IOException {
        return new Courier();
    }

    /** @return what the service finds in {@code COURIER_URL} */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    /** @param duration before he answers; zero at first */
    public void takes(Duration duration) {
        pause = duration;
    }

    /** @param value is told each order's id before the courier begins to think about it */
    public void listener(IntConsumer value) {
        listener = value;
    }

    /** Has him think about each order until {@code latch} is open, and no longer than {@code limit}. */
    public void waitsFor(CountDownLatch latch, Duration limit) {
        listener(orderId -> {
            try {
                latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** @return the ids of the orders that he was told of, in that order */
    public List<Integer> orders() {
        return List.copyOf(orders);
    }

    /** Forgets everything, and answers at once again. */
    public void reset() {
        pause = Duration.ZERO;
        listener = orderId -> {};
        orders.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var orderId = JsonMapper.shared().readTree(body).path("order_id").intValue();
            orders.add(orderId);
            listener.accept(orderId);
            Thread.sleep(pause);
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
