package workshop.faults;

import java.util.Optional;
import java.util.stream.Stream;

/** What can be said to {@code ./run.sh fault}; its help and the desk's refusal list them in this order, and so does the site. */
public enum Fault {
    LATENCY("latency 50ms", "each round trip to the database takes longer"),
    CUT("cut 1000", "the line to the database breaks after so many more bytes"),
    KILL("kill", "PostgreSQL ends the service's sessions"),
    STOP("stop", "the database stops"),
    START("start", "the database starts, with the data that it had"),
    LOCK("lock TABLE", "statements on a table wait"),
    FULL("full", "64 requests wait and hold every connection"),
    SLOW_READER("slow-reader 100", "a client reads /api/customers at 100 kB/s"),
    COURIER("courier 2s", "the courier, who is told of each new order, takes his time"),
    END("end", "the service is told to end, as by a deployment: SIGTERM"),
    OFF("off", "all is well again");

    private final String words;
    private final String effect;

    Fault(String words, String effect) {
        this.words = words;
        this.effect = effect;
    }

    /** @param word as in {@code latency}; @return nothing when there is no such fault */
    public static Optional<Fault> of(String word) {
        return Stream.of(values())
                .filter(fault -> fault.words.split(" ")[0].equals(word))
                .findFirst();
    }

    /** @return as in {@code latency 50ms} */
    public String words() {
        return words;
    }

    public String effect() {
        return effect;
    }
}
