package marketsvc;

/** One total alone takes as long as it takes. */
class DbAccessor {
    OrderTotal totalOf(int orderId) throws InterruptedException {
        return sumOf(orderId)
                .map(total -> new OrderTotal(orderId, total))
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
