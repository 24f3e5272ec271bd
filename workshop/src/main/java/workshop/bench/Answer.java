package workshop.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a {@link Load}; times in microseconds.
 *
 * @param seconds from the first request to the last answer
 * @param statuses how many answers of each status
 * @param failures requests without an answer, by reason
 * @param bytes that were received
 * @param latency of all requests that were answered, whatever the status
 * @param firstByte the same, but until the answer begins
 */
public record Answer(
        double seconds,
        Map<Integer, Long> statuses,
        Map<String, Integer> failures,
        long bytes,
        Latency latency,
        Latency firstByte) {

    /** In microseconds. */
    public record Latency(double mean, double p50, double p99, double p999, double max) {}

    /** @return requests that were answered as they should be */
    public long good() {
        return statuses.entrySet().stream()
                .filter(status -> status.getKey() < 300)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** @return good answers a second */
    public double perSecond() {
        return seconds == 0 ? 0 : good() / seconds;
    }

    /** @return requests that were not, by status or by reason */
    public Map<String, Long> bad() {
        var bad = new TreeMap<String, Long>();
        statuses.forEach((status, count) -> bad.put(status.toString(), count));
        bad.keySet().removeIf(status -> Integer.parseInt(status) < 300);
        failures.forEach((reason, count) -> bad.put(reason, count.longValue()));
        return bad;
    }
}
