package workshop.contract;

import java.util.Random;

/** What a run's random requests are made from: another one in each run, and the same again on demand. */
record Seed(long value) {
    static Seed ofThisRun() {
        return new Seed(Long.getLong("workshop.seed", System.nanoTime() % 1_000_000));
    }

    Random random() {
        return new Random(value);
    }

    /** @return how to see the same again */
    String note() {
        return " (the same again with -Dworkshop.seed=" + value + ")";
    }
}
