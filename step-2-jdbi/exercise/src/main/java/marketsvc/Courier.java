package marketsvc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The courier, another company's service, who is told of each new order and may take his time. */
class Courier {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Optional<HttpRequest.Builder> request;

    /** @param url where he takes orders, which has to be one of HTTP; empty when there is no courier */
    Courier(String url) {
        this.request = Optional.of(url).filter(address -> !address.isEmpty()).map(Courier::requestTo);
    }

    private static HttpRequest.Builder requestTo(String url) {
        try {
            return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("COURIER_URL: " + e.getMessage(), e);
        }
    }

    /**
     * Waits for his answer. A call that failed is in the log, for whoever calls him. One that a crash prevented is nowhere: that
     * takes a row in the order's transaction, and somebody who sends it until it is confirmed (an outbox).
     */
    void tellOf(int orderId) {
        if (request.isEmpty()) {
            return;
        }
        var order = BodyPublishers.ofString("{\"order_id\": " + orderId + "}");
        // All of his answer: a request's own timeout ends with the headers.
        var answer = http.sendAsync(request.get().copy().POST(order).build(), BodyHandlers.discarding());
        try {
            var status = answer.get(PATIENCE.toMillis(), MILLISECONDS).statusCode();
            if (status >= 300) {
                LOG.warn("The courier was told of order {} and answered {}", orderId, status);
            }
        } catch (ExecutionException | TimeoutException e) {
            giveUp(answer, orderId, e);
        } catch (InterruptedException e) {
            giveUp(answer, orderId, e);
            Thread.currentThread().interrupt();
        }
    }

    /** Whether he knows of the order nobody can say: he may have heard of it, and only his answer is missing. */
    private static void giveUp(Future<?> answer, int orderId, Exception reason) {
        answer.cancel(true);
        LOG.warn("The courier did not confirm order {}: {}", orderId, reason.toString());
    }
}
