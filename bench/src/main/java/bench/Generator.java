package bench;

import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.config.SessionLimitPolicy;
import io.hyperfoil.api.connection.Connection;
import io.hyperfoil.api.session.Session;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.SplittableRandom;

/** One load, by Hyperfoil. */
final class Generator {
    /** How long answers are waited for after the last request was sent: a list of two million takes its time. */
    private static final long PATIENCE_MILLIS = 60_000;

    /** The last ones may be due when the time is over. */
    private static final long A_MOMENT_LATE_MILLIS = 20;

    private final Load load;
    private final Workload workload;
    private final SplittableRandom random;
    private final Tally tally = new Tally();
    private final StatisticsSnapshot statistics = new StatisticsSnapshot();
    private final Question[] questions;

    Generator(Load load) {
        this.load = load;
        this.workload = Workload.valueOf(load.workload().toUpperCase(Locale.ROOT));
        this.random = new SplittableRandom(load.seed());
        this.questions = new Question[sessions()];
    }

    Answer run() {
        var runner = new LocalSimulationRunner(
                benchmark(), (phase, step, metric, snapshot, countDown) -> statistics.add(snapshot), null, null);
        runner.run();
        // A request that failed was sent, too, unless it found no connection.
        var failed = statistics.connectionErrors + statistics.requestTimeouts + statistics.internalErrors;
        var unanswered = Math.max(0, statistics.requestCount - statistics.responseCount - failed);
        return new Answer(
                tally.seconds(),
                tally.statuses(),
                Answer.named(
                        statistics.connectionErrors,
                        statistics.requestTimeouts,
                        statistics.internalErrors,
                        unanswered,
                        unsent()),
                tally.bytes(),
                Answer.Latency.of(statistics.histogram),
                Answer.Latency.of(tally.firstByte()));
    }

    /** Hyperfoil begins no request while all its sessions wait for answers, and forgets those that its time is over for. */
    private int unsent() {
        var missing = (int) (load.rate() * load.millis() / 1000 - statistics.requestCount);
        return missing > load.rate() * A_MOMENT_LATE_MILLIS / 1000 + 1 ? missing : 0;
    }

    /** With a rate, a request that finds no free connection waits for one, and that is part of its latency. */
    private int sessions() {
        return load.rate() > 0 ? load.connections() * 4 : load.connections();
    }

    private Benchmark benchmark() {
        var builder = BenchmarkBuilder.builder().name(load.workload()).threads(1);
        builder.addPlugin(HttpPluginBuilder::new)
                .ergonomics()
                .repeatCookies(false)
                .userAgentFromSession(false)
                .autoRangeCheck(false)
                .stopOnInvalid(false)
                .endErgonomics()
                .http()
                .host("localhost")
                .port(load.port())
                .allowHttp2(false)
                .sharedConnections(load.connections());
        phase(builder)
                .duration(load.millis())
                .maxDuration(load.millis() + PATIENCE_MILLIS)
                .scenario()
                .initialSequence("ask")
                .step(HttpStepCatalog.SC)
                .httpRequest(HttpMethod.GET)
                .method(() -> this::method)
                .path(this::path)
                .body(this::body)
                .headerAppender((session, request) -> {
                    if (question(session).body().length > 0) {
                        request.putHeader("Content-Type", "application/json");
                    }
                })
                .handler()
                .status(tally)
                .rawBytes(tally);
        return builder.build();
    }

    private PhaseBuilder<?> phase(BenchmarkBuilder builder) {
        var phases = builder.addPhase("load");
        if (load.rate() == 0) {
            return phases.always(load.connections());
        }
        return phases.constantRate(0)
                .usersPerSec(load.rate())
                .variance(false)
                .maxSessions(sessions())
                .sessionLimitPolicy(SessionLimitPolicy.CONTINUE);
    }

    /** The first that Hyperfoil asks for; path and body are of the same question. */
    private HttpMethod method(Session session) {
        tally.asked();
        questions[session.uniqueId()] = workload.next(load, random);
        return question(session).method();
    }

    private String path(Session session) {
        return question(session).path();
    }

    private ByteBuf body(Session session, Connection connection) {
        return Unpooled.wrappedBuffer(question(session).body());
    }

    private Question question(Session session) {
        return questions[session.uniqueId()];
    }
}
