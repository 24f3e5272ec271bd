// needs: nothing
import java.util.concurrent.Executors;

/** Virtual threads take turns: who waits makes room, who computes does not. */
class Scheduling {
    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                A carrier is a thread of the operating system that runs virtual threads. Here there is only one.
                The waiter waits three times 100 ms, and the cook computes three times 100 ms:

                    waiter:  3 times sleep(100)
                    cook:    3 times compute(100)                         A
                             3 times compute(100) and Thread.yield()      B
                When is the waiter done?
                - A at 300 ms, B at 300 ms
                  The first wait ends at 100 ms in A, too. But to go on takes the carrier, and the cook has it.
                - A at 600 ms, B at 600 ms
                  That is the time of a single thread. Who waits needs no carrier, so the cook computes meanwhile.
                - A at 500 ms, B at 300 ms
                  A virtual thread keeps its carrier until it waits or yields: nobody takes it away. Usually
                  there are as many carriers as cores, and as many that compute make all others wait. A query, a
                  lock and a sleep make room, so requests that mostly wait share few carriers well.
                """);
        var rude = Lanes.show("A · the cook computes (┃) without a break, the waiter waits (│)", () -> serve(false));
        var polite = Lanes.show("B · the cook yields after each dish", () -> serve(true));
        prediction.compareWith(
                "A at %d ms, B at %d ms".formatted(rude.timeOf("waiter", "done"), polite.timeOf("waiter", "done")));
    }

    private static void serve(boolean yields) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> {
                for (var dish = 1; dish <= 3; dish++) {
                    Lanes.say("waiter", "waits for dish " + dish);
                    Lanes.sleep(100);
                }
                Lanes.say("waiter", "done");
            });
            threads.submit(() -> {
                for (var dish = 1; dish <= 3; dish++) {
                    Lanes.compute("cook", "computes dish " + dish, 100);
                    if (yields) {
                        Thread.yield();
                    }
                }
                Lanes.say("cook", "done");
            });
            Lanes.say("main", "has started both");
        }
        Lanes.say("main", "has both");
    }
}
