package workshop.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import workshop.stage.JvmGauges;
import workshop.stage.StageProcess;

/** Measures one service under load: what the generator saw, and what service, database and generator took for it. */
final class Meter implements AutoCloseable {
    private static final double KILO = 1024;
    private static final double MEGA = 1024 * 1024;
    private static final long WARM_UP_SLICE = 500;

    /** A method is counted when it is compiled, which takes a slow machine almost two seconds: until then all seems at rest. */
    private static final int SLICES_OF_REST = 4;

    private static final double NEXT_TO_NOTHING = 0.05;

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

    private record Reading(
            Duration service,
            Optional<Duration> database,
            Duration generator,
            long allocated,
            Optional<Counts> counts,
            long nanos) {}

    private Reading read() {
        return new Reading(
                Processes.time(service.handle()),
                market.db().serverProcess().map(Processes::familyTime),
                Processes.time(generator.handle()),
                jvm.allocatedBytes(),
                market.db().isEmbedded() ? Optional.of(market.counts()) : Optional.empty(),
                System.nanoTime());
    }

    /**
     * Until the service's compilers have had next to nothing to do for two seconds: their work, and code that they have not
     * come to, would be measured as the step's.
     *
     * @param most milliseconds, for a service that never comes to rest
     */
    void warmUp(Load load, long most) {
        var end = System.nanoTime() + MILLISECONDS.toNanos(most);
        for (var quiet = 0; quiet < SLICES_OF_REST && System.nanoTime() < end; ) {
            var before = jvm.compileMillis();
            generator.run(load.lasting(WARM_UP_SLICE));
            quiet = jvm.compileMillis() - before < WARM_UP_SLICE * NEXT_TO_NOTHING ? quiet + 1 : 0;
        }
    }

    Sample measure(Load load) {
        jvm.resetPeaks();
        var before = read();
        var answer = generator.run(load);
        var after = read();
        var values = new EnumMap<Metric, Double>(Metric.class);
        putSpeed(values, answer);
        var failed = answer.bad().values().stream().mapToLong(Long::longValue).sum();
        var requests = answer.good() + failed;
        values.put(Metric.FAILED_PERCENT, requests == 0 ? 100.0 : 100.0 * failed / requests);
        if (requests > 0) {
            putCosts(values, before, after, requests);
            var busy = micros(before.service(), after.service()) + micros(before.generator(), after.generator());
            var database = before.database()
                    .map(time -> micros(time, after.database().orElse(time)))
                    .orElse(0.0);
            // Of the time between the readings: the generator's start and end are in their processor time as well.
            var micros = (after.nanos() - before.nanos()) / 1000.0;
            values.put(Metric.BUSY_PERCENT, 100 * (busy + database) / micros / processors());
        }
        values.put(Metric.HEAP_MB, jvm.peakHeap() / MEGA);
        values.put(Metric.OLD_MB, jvm.peakOldGeneration() / MEGA);
        values.put(Metric.THREADS, (double) jvm.peakThreads());
        Processes.residentMegabytes(service.handle()).ifPresent(size -> values.put(Metric.RESIDENT_MB, size));
        return new Sample(values, answer.bad());
    }

    private static void putSpeed(Map<Metric, Double> values, Answer answer) {
        values.put(Metric.PER_SECOND, answer.perSecond());
        values.put(Metric.MEAN_MS, answer.latency().mean() / 1000);
        values.put(Metric.P50_MS, answer.latency().p50() / 1000);
        values.put(Metric.P99_MS, answer.latency().p99() / 1000);
        values.put(Metric.P999_MS, answer.latency().p999() / 1000);
        values.put(Metric.FIRST_BYTE_MS, answer.firstByte().p50() / 1000);
        values.put(Metric.MB_PER_SECOND, answer.seconds() == 0 ? 0 : answer.bytes() / 1e6 / answer.seconds());
    }

    private static void putCosts(Map<Metric, Double> values, Reading before, Reading after, long requests) {
        values.put(Metric.SERVICE_MICROS, micros(before.service(), after.service()) / requests);
        values.put(Metric.GENERATOR_MICROS, micros(before.generator(), after.generator()) / requests);
        values.put(Metric.ALLOCATED_KB, (after.allocated() - before.allocated()) / KILO / requests);
        before.database()
                .ifPresent(time -> values.put(
                        Metric.DATABASE_MICROS, micros(time, after.database().orElse(time)) / requests));
        before.counts().ifPresent(counts -> {
            var now = after.counts().orElse(counts);
            values.put(Metric.CONNECTS, 1.0 * (now.sessions() - counts.sessions()) / requests);
            values.put(Metric.STATEMENTS, 1.0 * (now.statements() - counts.statements()) / requests);
        });
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
