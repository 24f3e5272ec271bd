package marketsvc;

import io.r2dbc.spi.Readable;

/** By position, and counts wrongly: the post code is where the flat number belongs. */
class ReactiveAccessor {
    private static Customer customer(Readable row) {
        return new Customer(
                row.get(0, Integer.class),
                row.get(1, String.class),
                row.get(2, String.class),
                new Address(row.get(4, Integer.class), row.get(3, Integer.class)));
    }
}
