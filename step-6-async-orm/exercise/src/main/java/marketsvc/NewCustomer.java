package marketsvc;

/** What a client says of a customer, new or changed. */
public record NewCustomer(String name, String email, Address address) {}
