package marketsvc;

/** Where a customer lives. */
public record Address(int flatNumber, int postCode) {}
