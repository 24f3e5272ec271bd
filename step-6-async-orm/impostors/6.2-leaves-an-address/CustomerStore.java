package marketsvc;

/** Two statements, each committed by itself: who cannot be added leaves an address. */
class CustomerStore {
    Customer add(NewCustomer customer) {
        return stored(null, customer).map(row -> customer(row, customer)).block();
    }
}
