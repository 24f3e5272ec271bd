package marketsvc;

import java.math.BigDecimal;

/** One item of an order; the total is price times quantity. */
public record OrderLine(String name, String description, BigDecimal price, int quantity, BigDecimal total) {}
