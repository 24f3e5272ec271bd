package marketsvc;

/** Deletes whatever is in the way. */
class CustomerStore {
    void remove(int id) {
        var database = template.getDatabaseClient();
        database.sql("DELETE FROM order_items WHERE order_id IN (SELECT id FROM orders WHERE customer_id = :id)")
                .bind("id", id)
                .then()
                .then(database.sql("DELETE FROM orders WHERE customer_id = :id")
                        .bind("id", id)
                        .then())
                .then(addressOf(id))
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(leave(address)))
                .as(transaction::transactional)
                .block();
    }
}
