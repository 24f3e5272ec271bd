package marketsvc;

import java.time.LocalDateTime;
import java.util.List;

/** An order as it is listed, with its lines. */
public record Order(int orderId, Buyer customer, LocalDateTime orderTime, List<OrderLine> items) {

    /** What an order shows of its customer. */
    public record Buyer(String name) {}
}
