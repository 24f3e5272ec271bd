package marketsvc;

import java.math.BigDecimal;

/** What an order costs. */
public record OrderTotal(int orderId, BigDecimal totalCost) {}
