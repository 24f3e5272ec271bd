// needs: nothing
/** One thread: whoever waits, makes everybody wait. */
class BlockingTasks {
    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                Bread takes 300 ms, milk 100 and onions 200. All of it is waiting, as for a database's answer:

                    buy("bread", 300);
                    buy("milk", 100);
                    buy("onions", 200);
                When does main have all three?
                - at 300 ms
                  That is the longest of them: all three would have to be waited for at once. But a call that
                  blocks comes back when it is done, and the next one begins after that.
                - at 500 ms
                  Bread and onions take that. Milk is short, and still a wait of its own.
                - at 600 ms
                  That is the sum. A thread that waits does nothing else, though there is nothing to do but
                  to wait: a request with ten questions to the database takes ten answers' time.
                """);
        var shopping = Lanes.show("One thread, three blocking calls", () -> {
            Lanes.say("main", "goes shopping");
            Lanes.buy("bread", 300);
            Lanes.buy("milk", 100);
            Lanes.buy("onions", 200);
            Lanes.say("main", "has all three");
        });
        prediction.compareWith("at " + shopping.timeOf("main", "has all three") + " ms");
    }
}
