package workshop.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that miss the contract's paths and methods, or HTTP itself. */
interface HostileHttpContract {
    String POST = "POST /api/add_new_order HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    @Test
    default void unknownPathsAreNotFound(Market market) {
        var sweep = new HostileSweep(market);
        for (var path : new String[] {
            "/api", "/api/customer", "/api/orders/1", "/api/order_total/1", "/api/add_new_order/1", "/API/CUSTOMERS",
                    "/customers",
            "/api/customers.json", "/api/customers/1/orders", "/apicustomers", "/favicon.ico", "/index.html", "/metric",
                    "/actuator",
            "/WEB-INF/web.xml", "/.env", "/api/orders'", "/api/" + "a".repeat(5000), "/%F0%9F%9B%92"
        }) {
            sweep.get(path, 404, ".");
            sweep.get(path + "?cust_id=1", 404, ".");
            sweep.post(path, HostileBodyContract.GOOD_ORDER, 404, ".");
        }
        sweep.assertAllRefused();
    }

    @Test
    default void methodsThatThePathDoesNotHaveAreNotAllowed(Market market) {
        var sweep = new HostileSweep(market);
        OpenApi.CONTRACT
                .missingMethods()
                .forEach((path, methods) -> methods.forEach(method -> {
                    sweep.send(
                            market.request(path)
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            "",
                            405,
                            ".");
                    var withBody = market.request(path + "?cust_id=1").method(method, BodyPublishers.ofString("{}"));
                    sweep.send(withBody.build(), "{}", 405, ".");
                    assertThat(market.send(withBody.build()).header("Allow").split(", *"))
                            .as("what is allowed where %s of %s is not", method, path)
                            .contains(path.equals("/api/add_new_order") ? "POST" : "GET")
                            .doesNotContain(method);
                }));
        sweep.assertAllRefused();
    }

    @Test
    default void aMethodThatIsNotAllowedIsToldTheOthers(Market market) {
        var delete = market.request("/api/orders_total").DELETE().build();
        assertThat(market.send(delete).header("Allow").split(", *"))
                .contains("GET", "POST")
                .doesNotContain("DELETE");
    }

    @Tag("slow")
    @Test
    default void brokenPercentEncodingsAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        for (var broken : new String[] {
            "%",
            "%%",
            "%1",
            "%zz",
            "%-1",
            "1%",
            "%u0031",
            "%FF",
            "%C3",
            "%C0%AF",
            "%C0%B1",
            "%ED%A0%80",
            "%F5%80%80%80",
            "\u00ff",
            "1\u00ff"
        }) {
            sweep.raw("GET", "/api/orders", RawHttp.get("/api/orders?cust_id=" + broken), 400, ".");
            sweep.raw("GET", "/api/orders_total", RawHttp.get("/api/orders_total?orders=1," + broken), 400, ".");
            sweep.raw("GET", "/api/customers", RawHttp.get("/api/customers?" + broken + "=1"), 400, ".");
            var dates = "?after=2024-03-14&before=2024-03-2" + broken;
            sweep.raw("GET", "/api/orders_between_dates", RawHttp.get("/api/orders_between_dates" + dates), 400, ".");
        }
        sweep.assertAllRefused();
    }

    /** These are refused before they reach a route, but not by a page of the HTTP server below the service. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/%FF HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/..%2F..%2Fetc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api//customers/;x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/orders?cust_id=1\0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/customers HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /api/customers HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
                "GET /api/customers HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET\r\n\r\n",
                "\0\1\2\3\r\n\r\n",
                POST + "Content-Length: -1\r\nConnection: close\r\n\r\n{}",
                POST + "Content-Length: x\r\nConnection: close\r\n\r\n{}",
                POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                POST + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            })
    default void whatIsNotHttpIsRefusedWithoutInsides(String request, Market market) {
        var before = market.count("orders");
        var reply = market.raw(request.getBytes(ISO_8859_1));
        assertThat(reply.status()).as(reply.toString()).isBetween(400, 505).isNotEqualTo(500);
        assertThat(reply.mediaType()).as(reply.toString()).isEqualTo("application/problem+json");
        assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
        assertThat(OpenApi.insides(reply.body())).as(reply.toString()).isEmpty();
        assertThat(market.count("orders")).isEqualTo(before);
        assertThat(market.get("/api/customers").status()).isEqualTo(200);
    }

    @Test
    default void nobodyOnTheNetworkIsServedUnlessThatIsWanted(Market market) throws SocketException {
        var addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        assumeTrue(!addresses.isEmpty(), "this machine is in no network");
        assertThat(addresses)
                .allSatisfy(address -> assertThatThrownBy(() -> {
                            try (var client = new Socket()) {
                                client.connect(
                                        new InetSocketAddress(
                                                address, market.stage().port()),
                                        500);
                            }
                        })
                        .isInstanceOf(IOException.class));
    }

    @Test
    default void aHeaderWithoutEndIsRefused(Market market) {
        var endless = "GET /api/customers HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(1_000_000)
                + "\r\nConnection: close\r\n\r\n";
        assertThat(market.raw(endless.getBytes(ISO_8859_1)).status()).isEqualTo(431);
        assertThat(market.get("/api/customers").status()).isEqualTo(200);
    }
}
