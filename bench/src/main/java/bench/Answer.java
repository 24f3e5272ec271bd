package bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of a {@link Load}, one line of JSON; times in microseconds.
 *
 * @param seconds from the first request to the last answer
 * @param statuses how many answers of each status
 * @param failures requests without an answer, by reason
 * @param bytes that were received
 */
record Answer(
        double seconds,
        Map<Integer, Long> statuses,
        Map<String, Integer> failures,
        long bytes,
        Latency latency,
        Latency firstByte) {

    /** Of all requests that were answered, whatever the status. */
    record Latency(double mean, double p50, double p99, double p999, double max) {
        static Latency of(Histogram nanos) {
            return new Latency(
                    nanos.getMean() / 1000,
                    nanos.getValueAtPercentile(50) / 1000.0,
                    nanos.getValueAtPercentile(99) / 1000.0,
                    nanos.getValueAtPercentile(99.9) / 1000.0,
                    nanos.getMaxValue() / 1000.0);
        }
    }

    static Map<String, Integer> named(int connection, int timeout, int internal, int unanswered, int unsent) {
        var failures = new TreeMap<String, Integer>();
        failures.put("connection", connection);
        failures.put("timeout", timeout);
        failures.put("internal", internal);
        failures.put("unanswered", unanswered);
        failures.put("unsent", unsent);
        failures.values().removeIf(count -> count == 0);
        return failures;
    }
}
