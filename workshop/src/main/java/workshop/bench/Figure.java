package workshop.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number that was measured in some rounds.
 *
 * @param rounds as they came
 * @param median the middle one, or between the middle two
 * @param spreadPercent from the least to the most, as a part of the median
 */
record Figure(List<Double> rounds, double median, double spreadPercent) {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    static Figure of(List<Double> rounds) {
        var sorted = rounds.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        var spread = median == 0 ? 0 : 100 * (sorted.getLast() - sorted.getFirst()) / median;
        return new Figure(rounds.stream().map(Figure::rounded).toList(), rounded(median), rounded(spread));
    }

    /** @return how many times the other one this is, by the median of the rounds' ratios: what disturbs a round disturbs both */
    double times(Figure other) {
        var both = Math.min(rounds.size(), other.rounds.size());
        return of(IntStream.range(0, both)
                        .filter(round -> other.rounds.get(round) > 0)
                        .mapToObj(round -> rounds.get(round) / other.rounds.get(round))
                        .toList())
                .median();
    }

    /** No measurement here is good to more than four digits. */
    static double rounded(double value) {
        return new BigDecimal(value).round(FOUR_DIGITS).doubleValue();
    }
}
