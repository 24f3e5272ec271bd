// needs: nothing
import java.util.concurrent.CompletableFuture;

/** Futures gain time only when all are started before the first is waited for. */
class Futures {
    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                Bread takes 300 ms, milk 100 and onions 200. Each future runs on a virtual thread of its own.

                    A   buy("bread", 300).join();    B   var bread = buy("bread", 300);
                        buy("milk", 100).join();         var milk = buy("milk", 100);
                        buy("onions", 200).join();       var onions = buy("onions", 200);
                                                         allOf(bread, milk, onions).join();
                When does main have all three?
                - A at 300 ms, B at 300 ms
                  In A, too, there are futures and threads. But join() comes back when bread is there, and
                  only then is the future for milk made.
                - A at 600 ms, B at 300 ms
                  A future runs from the moment it is made. A makes the second when the first has ended: three
                  threads, one after the other. B makes all three and then waits, so the longest is what counts.
                - A at 600 ms, B at 600 ms
                  allOf does not start anything, one by one or otherwise: all three are on their way by then.
                """);
        var joined = Lanes.show("A · each is waited for before the next is made", () -> {
            buy("bread", 300).join();
            buy("milk", 100).join();
            buy("onions", 200).join();
            Lanes.say("main", "has all three");
        });
        var together = Lanes.show("B · all are made, then waited for", () -> {
            var bread = buy("bread", 300);
            var milk = buy("milk", 100);
            var onions = buy("onions", 200);
            Lanes.say("main", "waits for all");
            CompletableFuture.allOf(bread, milk, onions).join();
            Lanes.say("main", "has all three");
        });
        prediction.compareWith("A at %d ms, B at %d ms"
                .formatted(joined.timeOf("main", "has all three"), together.timeOf("main", "has all three")));
    }

    private static CompletableFuture<String> buy(String goods, long millis) {
        return CompletableFuture.supplyAsync(() -> Lanes.buy(goods, millis), Thread::startVirtualThread);
    }
}
