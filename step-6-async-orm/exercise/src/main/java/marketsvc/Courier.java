package marketsvc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
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
        this.request = Optional.of(url).filter(there -> !there.isEmpty()).map(Courier::requestTo);
    }

    private static HttpRequest.Builder requestTo(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("Content-Type", "application/json");
    }

    /** Waits for his answer. Whom he was not told of is on the list that he gets in the evening. */
    void tellOf(int orderId) {
        if (request.isEmpty()) {
            return;
        }
        var order = BodyPublishers.ofString("{\"order_id\": " + orderId + "}");
        try {
            http.send(request.get().copy().POST(order).build(), BodyHandlers.discarding());
        } catch (IOException e) {
            LOG.warn("The courier was not told of order {}: {}", orderId, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
