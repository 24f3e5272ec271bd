package marketsvc;

/** A customer with the address. */
public record Customer(int id, String name, String email, Address address) {}
