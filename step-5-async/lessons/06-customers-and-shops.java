// needs: nothing
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.StructuredTaskScope;

/** Producers, consumers, a bounded queue between them, and an orderly end. */
class CustomersAndShops {
    private static final String CLOSED = "closed";

    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                Two customers order three times each, in no time. Two shops take 100 ms for an order. Between them is
                a queue for two. When the customers have left, main puts a sign in it that sends the shops home.
                When does main close, and how many of the six orders are packed in the end?
                - 0 ms, 6 packed
                  The queue is full by then: put() waits for room, so the customers have to wait, too.
                - 100 ms, 4 packed
                  A sign beside the queue, or an interrupt, would lose two. This one waits in line as orders do.
                - 100 ms, 6 packed
                  A full queue slows down who is too fast: the last two orders get room when the first are packed.
                  The sign stands behind all orders, so whoever takes it knows that none is left.
                """);
        var day = Lanes.show("Two customers, a queue for two, two shops", () -> {
            var queue = new ArrayBlockingQueue<String>(2);
            try (var shops = StructuredTaskScope.open();
                    var customers = StructuredTaskScope.open()) {
                shops.fork(() -> pack("shop 1", queue));
                shops.fork(() -> pack("shop 2", queue));
                customers.fork(() -> order("Alex", queue));
                customers.fork(() -> order("Blake", queue));
                customers.join();
                Lanes.say("main", "closes");
                queue.put(CLOSED);
                shops.join();
            }
            Lanes.say("main", "locks up");
        });
        prediction.compareWith("%d ms, %d packed".formatted(day.timeOf("main", "closes"), day.count("shop", "packs")));
    }

    private static Void order(String customer, BlockingQueue<String> queue) throws InterruptedException {
        for (var n = 1; n <= 3; n++) {
            Lanes.say(customer, "orders " + n);
            queue.put(customer + " " + n);
        }
        Lanes.say(customer, "leaves");
        return null;
    }

    private static Void pack(String shop, BlockingQueue<String> queue) throws InterruptedException {
        Lanes.say(shop, "opens");
        for (var order = queue.take(); !order.equals(CLOSED); order = queue.take()) {
            Lanes.say(shop, "packs " + order);
            Lanes.sleep(100);
        }
        Lanes.say(shop, "goes home");
        queue.put(CLOSED); // for the other shop
        return null;
    }
}
