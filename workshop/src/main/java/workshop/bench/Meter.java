package workshop.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import workshop.stage.JvmGauges;
import workshop.stage.StageProcess;

/** Measures one service under load: what the generator saw, and what service, database and generator took for it. */
final class Meter implements AutoCloseable {
    private static final double KILO = 1024;
    private static final double MEGA = 1024 * 1024;
    private static final long WARM_UP_SLICE = 500;

    private static final int SLICES_OF_REST = 3;

    private static final Duration A_LOOK = Duration.ofMillis(200);

    /** A service that is never idle is not waited for any longer. */
    private static final Duration BACKLOG = Duration.ofSeconds(5);

    private static final double NEXT_TO_NOTHING = 0.1;

    private final Generator generator;
    private final StageProcess service;
    private final Market market;
    private final JvmGauges jvm;

    Meter(Generator generator, StageProcess service, Market market) {
        this.generator = generator;
        this.service = service;
        this.market = market;
        this.jvm = service.gauges();
    }

    /** What only a question tells, which costs service and database something: it is asked outside of what is measured. */
    private record Counters(long allocated, long compileMillis, Optional<Counts> counts) {}

    private record Times(Duration service, Optional<Duration> database, Duration generator) {}

    private Counters ask() {
        return new Counters(
                jvm.allocatedBytes(),
                compileMillis(),
                market.db().isEmbedded() ? Optional.of(market.counts()) : Optional.empty());
    }

    private Times read() {
        return new Times(
                Processes.time(service.handle()),
                market.db().serverProcess().map(Processes::familyTime),
                Processes.time(generator.handle()));
    }

    /**
     * Until the compilers of service and generator have had next to nothing to do for some slices of the load: their work, and
     * code that they have not come to, would be measured as the step's. After each slice they may finish what it gave them.
     *
     * @param most milliseconds, for who never comes to rest: {@link Metric#COMPILE_MS} tells of it
     */
    void warmUp(Load load, long most) {
        var end = System.nanoTime() + MILLISECONDS.toNanos(most);
        for (var quiet = 0; quiet < SLICES_OF_REST && System.nanoTime() < end; ) {
            var before = compileMillis();
            generator.run(load.lasting(WARM_UP_SLICE));
            letTheCompilersFinish();
            quiet = compileMillis() - before < WARM_UP_SLICE * NEXT_TO_NOTHING ? quiet + 1 : 0;
        }
    }

    /**
     * While nobody asks, what takes processor time are compilers. Under load they would have to share it with what they are to
     * make faster; and a method is counted when it has been compiled, which takes a slow machine almost two seconds: until then
     * all would seem at rest.
     */
    private void letTheCompilersFinish() {
        var end = System.nanoTime() + BACKLOG.toNanos();
        for (var busy = true; busy && System.nanoTime() < end; ) {
            var before = processorTime();
            LockSupport.parkNanos(A_LOOK.toNanos());
            busy = processorTime().minus(before).toMillis() > A_LOOK.toMillis() * NEXT_TO_NOTHING;
        }
    }

    /** By their own word: of other processes not each operating system tells it. */
    private Duration processorTime() {
        return jvm.processorTime().plus(generator.gauges().processorTime());
    }

    private long compileMillis() {
        return jvm.compileMillis() + generator.gauges().compileMillis();
    }

    Sample measure(Load load) {
        jvm.resetPeaks();
        var counted = ask();
        var before = read();
        var answer = generator.run(load);
        var after = read();
        var countedThen = ask();
        var values = new EnumMap<Metric, Double>(Metric.class);
        putSpeed(values, answer);
        var failed = answer.bad().values().stream().mapToLong(Long::longValue).sum();
        var requests = answer.good() + failed;
        values.put(Metric.FAILED_PERCENT, requests == 0 ? 100.0 : 100.0 * failed / requests);
        var sent = requests - answer.failures().getOrDefault("unsent", 0);
        if (sent > 0) {
            putCounts(values, counted, countedThen, sent);
            putCosts(values, before, after, sent, Math.max(answer.seconds(), load.millis() / 1000.0));
        }
        values.put(Metric.COMPILE_MS, (double) (countedThen.compileMillis() - counted.compileMillis()));
        values.put(Metric.HEAP_MB, jvm.peakHeap() / MEGA);
        values.put(Metric.OLD_MB, jvm.peakOldGeneration() / MEGA);
        values.put(Metric.THREADS, (double) jvm.peakThreads());
        Processes.residentMegabytes(service.handle()).ifPresent(size -> values.put(Metric.RESIDENT_MB, size));
        return new Sample(values, answer.bad());
    }

    private static void putSpeed(Map<Metric, Double> values, Answer answer) {
        values.put(Metric.PER_SECOND, answer.perSecond());
        values.put(Metric.MB_PER_SECOND, answer.seconds() == 0 ? 0 : answer.bytes() / 1e6 / answer.seconds());
        if (answer.statuses().isEmpty()) { // then there is no latency, and 0 would be the best one
            return;
        }
        values.put(Metric.MEAN_MS, answer.latency().mean() / 1000);
        values.put(Metric.P50_MS, answer.latency().p50() / 1000);
        values.put(Metric.P99_MS, answer.latency().p99() / 1000);
        values.put(Metric.P999_MS, answer.latency().p999() / 1000);
        values.put(Metric.FIRST_BYTE_MS, answer.firstByte().p50() / 1000);
    }

    private static void putCounts(Map<Metric, Double> values, Counters before, Counters after, long requests) {
        values.put(Metric.ALLOCATED_KB, (after.allocated() - before.allocated()) / KILO / requests);
        before.counts().ifPresent(counts -> {
            var now = after.counts().orElse(counts);
            values.put(Metric.CONNECTS, 1.0 * (now.sessions() - counts.sessions()) / requests);
            values.put(Metric.STATEMENTS, 1.0 * (now.statements() - counts.statements()) / requests);
        });
    }

    /** After the counts: where the server's children that have ended are not counted, nobody knows what many connections cost. */
    private static void putCosts(Map<Metric, Double> values, Times before, Times after, long requests, double seconds) {
        var service = micros(before.service(), after.service());
        var generator = micros(before.generator(), after.generator());
        values.put(Metric.SERVICE_MICROS, service / requests);
        values.put(Metric.GENERATOR_MICROS, generator / requests);
        if (before.database().isEmpty()
                || !Processes.countsTheEnded() && values.getOrDefault(Metric.CONNECTS, 0.0) > 0) {
            return;
        }
        var database = micros(before.database().get(), after.database().orElseThrow());
        values.put(Metric.DATABASE_MICROS, database / requests);
        // Of the time of the load: to open connections may take longer, and nobody is busy meanwhile.
        var micros = 1_000_000 * seconds * processors();
        values.put(Metric.BUSY_PERCENT, Math.min(100, 100 * (service + generator + database) / micros));
    }

    private static double micros(Duration before, Duration after) {
        return after.minus(before).toNanos() / 1000.0;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
