package marketsvc;

import java.util.List;

/** An order that a customer wants to place. */
public record NewOrder(int customerId, List<Item> items) {

    /** How many of which item. */
    public record Item(int id, int quantity) {}
}
