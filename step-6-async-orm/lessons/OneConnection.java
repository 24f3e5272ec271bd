// needs:
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two tasks that share a connection, and two that have one each: who waits for whom, and who fails with whom. */
class OneConnection {
    static final String JDBC_URL =
            "jdbc:(postgresql://)([^?]+)(?=.*[?&]user=([^&]+))(?=.*[?&]password=([^&]+)).*";
    static final String SLOW = "SELECT 1 FROM pg_sleep(0.2)";
    static final String QUICK = "SELECT 1";
    static final String FAILS = "SELECT 1 / 0";

    public static void main(String[] args) {
        System.out.printf("%-50s %-20s %s%n", "", "task 1", "task 2");
        ask("Both ask for 200 ms, on one connection", 1, SLOW, SLOW);
        ask("Both ask for 200 ms, on two connections", 2, SLOW, SLOW);
        ask("Task 1 fails in a transaction, on one connection", 1, FAILS, QUICK);
        ask("Task 1 fails in a transaction, on two connections", 2, FAILS, QUICK);
    }

    /** Asks both at once, each in the transaction of its connection, and tells what came and when. */
    static void ask(String what, int connections, String first, String second) {
        var open = Flux.range(0, connections).concatMap(n -> open()).collectList().block();
        var start = System.nanoTime();
        var answers = Flux.just(answer(open.getFirst(), first, start), answer(open.getLast(), second, start))
                .flatMapSequential(answer -> answer)
                .collectList()
                .block();
        System.out.printf("%-50s %-20s %s%n", what, answers.getFirst(), answers.getLast());
        Flux.fromIterable(open).concatMap(Connection::close).blockLast();
    }

    static Mono<Connection> open() {
        // A JDBC URL has user and password behind the question mark, one of R2DBC's before the host.
        var url = System.getenv("MARKETDB_URL").replaceFirst(JDBC_URL, "r2dbc:$1$3:$4@$2");
        return Mono.<Connection>from(ConnectionFactories.get(url).create())
                .delayUntil(connection -> answer(connection, QUICK, 0))
                .delayUntil(Connection::beginTransaction);
    }

    static Mono<String> answer(Connection connection, String sql, long start) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.map(row -> "answer"))
                .onErrorResume(R2dbcException.class, failure -> Mono.just("error " + failure.getSqlState()))
                .single()
                .map(word -> "%s, %d ms".formatted(word, (System.nanoTime() - start) / 1_000_000));
    }
}
