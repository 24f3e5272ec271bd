package marketsvc;

/** Believes that what was saved is there. */
class CustomerStore {
    Customer change(int id, NewCustomer customer) {
        var address = customer.address();
        return template.insert(new AddressRow(null, address.flatNumber(), address.postCode()))
                .flatMap(row -> template.getDatabaseClient()
                        .sql("UPDATE customer SET name = :name, email = :email, address_id = :address WHERE id = :id")
                        .bind("name", customer.name())
                        .bind("email", customer.email())
                        .bind("address", row.id())
                        .bind("id", id)
                        .fetch()
                        .rowsUpdated()
                        .thenReturn(new CustomerRow(id, customer.name(), customer.email(), row.id())))
                .as(transaction::transactional)
                .map(row -> customer(row, customer))
                .block();
    }
}
