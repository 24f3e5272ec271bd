package marketsvc;

/** Whoever moves stays where his letters go. */
class CustomerStore {
    Customer change(int id, NewCustomer customer) {
        var sql = """
                UPDATE address
                   SET post_code = before.post_code
                  FROM address AS before
                 WHERE address.id = :address AND before.id = :before
                """;
        addressOf(id)
                .flatMap(old -> stored(id, customer)
                        .flatMap(row -> template.getDatabaseClient()
                                .sql(sql)
                                .bind("address", row.addressId())
                                .bind("before", old)
                                .then()
                                .then(leave(old))))
                .as(transaction::transactional)
                .block();
        return customer(id);
    }
}
