package marketsvc;

/** Writes the new address over the old one, where others live too. */
class CustomerStore {
    Customer change(int id, NewCustomer customer) {
        return addressOf(id)
                .flatMap(old -> template.update(new AddressRow(
                                old, customer.address().flatNumber(), customer.address().postCode()))
                        .then(template.update(new CustomerRow(id, customer.name(), customer.email(), old))))
                .as(transaction::transactional)
                .map(row -> customer(row, customer))
                .block();
    }
}
