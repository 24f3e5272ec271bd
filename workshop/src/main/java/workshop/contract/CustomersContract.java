package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import workshop.witness.Witness;

/** GET / and GET /api/customers. */
interface CustomersContract {
    @Test
    default void theServiceSaysHello(Market market) {
        var reply = market.get("/");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("Welcome to MarketPlace!");
    }

    @Test
    default void customersAreListedWithTheirAddress(Market market) {
        var reply = market.get("/api/customers");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Reply.json("""
                [{"id": 1, "name": "Alex", "email": "alex@example.com",
                  "address": {"flat_number": 101, "post_code": 10001}},
                 {"id": 2, "name": "Blake", "email": "blake@example.com",
                  "address": {"flat_number": 201, "post_code": 10002}},
                 {"id": 3, "name": "Cam", "email": "cam@example.com",
                  "address": {"flat_number": 301, "post_code": 10003}}]
                """));
    }

    @Test
    default void customersAreListedById(Market market) {
        // An update moves a row behind the others: without ORDER BY it would be listed last.
        market.execute("UPDATE customer SET email = email WHERE id = 1");
        market.execute("UPDATE address SET post_code = post_code WHERE id = 2");
        assertThat(market.get("/api/customers").json().findValuesAsString("email"))
                .containsExactly("alex@example.com", "blake@example.com", "cam@example.com");
    }

    @Test
    default void customersMayShareAnAddress(Market market) {
        market.execute("UPDATE customer SET address_id = 3");
        var customers = market.get("/api/customers").json();
        assertThat(customers).hasSize(3);
        assertThat(customers.findValuesAsString("flat_number")).containsExactly("301", "301", "301");
    }

    @Test
    default void aMarketWithoutCustomersListsNone(Market market) {
        market.execute("TRUNCATE customer CASCADE");
        var reply = market.get("/api/customers");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEmpty();
    }

    @Test
    default void namesOfAnyScriptComeBackAsTheyAreStored(Market market) {
        market.execute("UPDATE customer SET name = 'Zoë \\ \"O''Neill\" </script> 山田 🛒\u0001' WHERE id = 2");
        assertThat(market.get("/api/customers").json().findValuesAsString("name"))
                .contains("Zoë \\ \"O'Neill\" </script> 山田 🛒\u0001");
    }

    @Test
    default void aBugIsLoggedOnceUnderTheIdThatItsAnswerCarries(Market market) {
        market.execute("ALTER TABLE customer RENAME name TO gone");
        var first = failure(market);
        // Whatever is logged of the first one stands before the second one.
        var second = failure(market);
        assertThat(Witness.await(Duration.ofSeconds(5), () -> linesWith(market, second) > 0))
                .as("within 5 s the log names the answer's request id")
                .isTrue();
        assertThat(linesWith(market, first)).as("lines with %s", first).isOne();
        // Beside what an earlier test may have broken off.
        assertThat(linesWith(market, "] ERROR ") - linesWith(market, "a stream broke off"))
                .as("failures in the log, of two")
                .isEqualTo(2);
        assertThat(Witness.await(Duration.ofSeconds(5), () -> linesWith(market, "does not exist") > 0))
                .as("within 5 s the log says what failed")
                .isTrue();
    }

    /** @return the request id of a customer's orders that could not be had */
    private static String failure(Market market) {
        var reply = market.get("/api/orders?cust_id=1");
        assertThat(reply.status()).isEqualTo(500);
        return reply.json().get("request_id").stringValue();
    }

    private static long linesWith(Market market, String text) {
        return market.stage().output().stream()
                .filter(line -> line.contains(text))
                .count();
    }
}
