package workshop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether the load generator tells the truth. For authors: its libraries are resolved after the workshop's tests have run. */
@Tag("author")
class GeneratorTest {
    private static Generator generator;

    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger stallAt = new AtomicInteger(-1);
    private final ReentrantLock lock = new ReentrantLock();
    private HttpServer server;

    @BeforeAll
    static void startGenerator() {
        generator = Generator.start();
    }

    @AfterAll
    static void stopGenerator() {
        generator.close();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    /** One at a time, as a service that has stopped for a while: whoever comes meanwhile waits. */
    private void answer(HttpExchange exchange) throws IOException {
        lock.lock();
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            if (asked.size() == stallAt.get()) {
                TimeUnit.SECONDS.sleep(1);
            }
            exchange.sendResponseHeaders(asked.size() % 10 == 0 ? 503 : 200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Answer ask(int connections, int rate, long millis) {
        return generator.run(
                new Load(server.getAddress().getPort(), "total", connections, rate, millis, 1000, 1000, 7));
    }

    /** A stall of a second at 100 requests a second delays 100 of them, by half a second on average. */
    @Test
    void aStallIsInTheLatencyOfEveryRequestThatItMeets() {
        ask(256, 100, 500);
        asked.clear();
        stallAt.set(100);
        var answer = ask(256, 100, 3000);
        assertThat(answer.latency().p99()).isGreaterThan(900_000);
        assertThat(answer.latency().mean() * (answer.good() + 30)).isBetween(30e6, 90e6);
    }

    @Test
    void everyAnswerIsCountedByItsStatus() {
        var answer = ask(4, 0, 500);
        assertThat(answer.good() + answer.bad().get("503")).isEqualTo(asked.size());
        assertThat(answer.bad()).isEqualTo(Map.of("503", asked.size() / 10L));
        assertThat(answer.perSecond()).isGreaterThan(10);
    }

    @Test
    void theSameSeedAsksForTheSame() {
        ask(1, 0, 1000);
        var first = List.copyOf(asked).subList(0, 20);
        asked.clear();
        ask(1, 0, 1000);
        assertThat(List.copyOf(asked).subList(0, 20)).isEqualTo(first);
    }
}
