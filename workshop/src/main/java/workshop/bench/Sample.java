package workshop.bench;

import java.util.Map;

/**
 * One round's measurement of one cell.
 *
 * @param values what could be measured here
 * @param failures requests that failed, by status or reason
 */
record Sample(Map<Metric, Double> values, Map<String, Long> failures) {}
