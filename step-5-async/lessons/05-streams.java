// needs: nothing
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A stream is read while it is produced, and produced no faster than it is read. */
class Streams {
    private static final Scheduler THREADS = Schedulers.fromExecutor(Thread::startVirtualThread);

    public static void main(String[] args) throws Exception {
        var prediction = Lanes.predict("""
                A query's rows come one each 50 ms. Their reader is slower: 100 ms for each.

                    A   rows.publishOn(threads, 2).toIterable(1)   asks for two at a time
                    B   rows.collectList().block()                 asks for all
                Of six rows, how many lie waiting for the reader at most?
                - A 1, B 6
                  Two were asked for: while one row is read, both of the next may come.
                - A 2, B 6
                  Rows come when they are asked for, two at a time, and one more may wait before the reader: at this
                  pace two lie waiting, of six rows or of two million. B reads the first row when the last has come,
                  and holds them all.
                - A 6, B 6
                  The producer is faster than the reader, but sends no row that nobody has asked for.
                """);
        var streamed = Lanes.show(
                "A · streamed", () -> read(rows().publishOn(THREADS, 2).toIterable(1)));
        var collected =
                Lanes.show("B · collected", () -> read(rows().collectList().block()));
        prediction.compareWith("A %d, B %d".formatted(mostWaiting(streamed), mostWaiting(collected)));
    }

    private static Flux<Integer> rows() {
        return Flux.range(1, 6)
                .doOnRequest(rows -> Lanes.say("producer", "asked for " + (rows == Long.MAX_VALUE ? "all" : rows)))
                .doOnNext(row -> {
                    Lanes.sleep(50);
                    Lanes.say("producer", "row " + row);
                })
                .doOnComplete(() -> Lanes.say("producer", "has no more"))
                .subscribeOn(THREADS);
    }

    private static void read(Iterable<Integer> rows) {
        for (var row : rows) {
            Lanes.say("reader", "takes " + row);
            Lanes.sleep(100);
        }
        Lanes.say("reader", "has all");
    }

    private static long mostWaiting(Recording recording) {
        var waiting = 0;
        var most = 0;
        for (var event : recording.events()) {
            waiting += event.what().startsWith("row") ? 1 : event.what().startsWith("takes") ? -1 : 0;
            most = Math.max(most, waiting);
        }
        return most;
    }
}
