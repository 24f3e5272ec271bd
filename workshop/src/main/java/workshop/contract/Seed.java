package workshop.contract;

import java.util.Random;

/** What a run's random data and requests are made from: another one in each run, and the same again on demand. */
public record Seed(long value) {
    /** @return one that is easily typed */
    public static Seed any() {
        return new Seed(System.nanoTime() % 1_000_000);
    }

    public Random random() {
        return new Random(value);
    }

    /** @return how to see the same again */
    String note() {
        return " (the same again with --seed " + value + ", under Maven with -Dworkshop.seed=" + value + ")";
    }
}
