package marketsvc;

/** Changes the customer, and answers what was there before. */
class CustomerStore {
    Customer change(int id, NewCustomer customer) {
        var before = customer(id);
        addressOf(id)
                .flatMap(old -> stored(id, customer).flatMap(row -> leave(old).thenReturn(row)))
                .as(transaction::transactional)
                .block();
        return before;
    }
}
