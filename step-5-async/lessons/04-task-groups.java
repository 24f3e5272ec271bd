// needs: nothing
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.StructuredTaskScope;
import java.util.function.Supplier;

/** A group of tasks succeeds or fails as one: a failure interrupts the siblings. */
class TaskGroups {
    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                Bread takes 300 ms and onions 200. Milk turns out to be sold out after 100 ms: its task fails.

                    A   CompletableFuture.allOf(bread, milk, onions).join();
                    B   scope.fork(bread); scope.fork(milk); scope.fork(onions); scope.join();
                When does main hear of it?
                - A at 300 ms, B at 100 ms
                  A buys bread and onions for nobody. B's scope is a group: its first failure interrupts the
                  siblings, join fails at once, and the end of the try waits until they have ended. The interrupt
                  is only a request: a sibling that does not listen holds up main, and a database hears nothing
                  of it (exercise 5.3).
                - A at 100 ms, B at 100 ms
                  A's futures know nothing of each other, and allOf waits for all of them, failed or not.
                - A at 300 ms, B at 300 ms
                  B waits for all, too, but after a failure it asks them to stop.
                """);
        var futures = Lanes.show("A · three futures", () -> {
            var bread = future(() -> Lanes.buy("bread", 300));
            var milk = future(() -> Lanes.soldOut("milk", 100));
            var onions = future(() -> Lanes.buy("onions", 200));
            Lanes.say("main", "waits for all");
            CompletableFuture.allOf(bread, milk, onions)
                    .exceptionally(failure -> null)
                    .join();
            Lanes.say("main", "hears of it");
        });
        var group = Lanes.show("B · a group of three tasks", () -> {
            try (var scope = StructuredTaskScope.open()) {
                scope.fork(() -> Lanes.buy("bread", 300));
                scope.fork(() -> Lanes.soldOut("milk", 100));
                scope.fork(() -> Lanes.buy("onions", 200));
                Lanes.say("main", "waits for all");
                scope.join();
            } catch (StructuredTaskScope.FailedException e) {
                Lanes.say("main", "hears of it");
            }
        });
        prediction.compareWith("A at %d ms, B at %d ms"
                .formatted(futures.timeOf("main", "hears of it"), group.timeOf("main", "hears of it")));
    }

    private static CompletableFuture<String> future(Supplier<String> task) {
        return CompletableFuture.supplyAsync(task, Thread::startVirtualThread);
    }
}
