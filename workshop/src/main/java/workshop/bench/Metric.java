package workshop.bench;

/** What is known of a cell, by its name in the JSON file. */
enum Metric {
    /** Good answers a second. */
    PER_SECOND("perSecond"),
    MEAN_MS("meanMs"),
    P50_MS("p50Ms"),
    P99_MS("p99Ms"),
    P999_MS("p999Ms"),
    /** Until an answer begins, median. */
    FIRST_BYTE_MS("firstByteMs"),
    MB_PER_SECOND("mbPerSecond"),
    /** Processor time for each request, in microseconds. */
    SERVICE_MICROS("serviceMicros"),
    DATABASE_MICROS("databaseMicros"),
    GENERATOR_MICROS("generatorMicros"),
    /** How long compilers of service and generator were at work meanwhile, in milliseconds: next to nothing when both are warm. */
    COMPILE_MS("compileMs"),
    /** How much of all processors was busy with the three of them, in percent. */
    BUSY_PERCENT("busyPercent"),
    ALLOCATED_KB("allocatedKb"),
    /** The most that all objects took, garbage included. */
    HEAP_MB("heapMb"),
    /** The most of it that had outlived collections. */
    OLD_MB("oldMb"),
    RESIDENT_MB("residentMb"),
    THREADS("threads"),
    /** Connections to the database that were opened, for each request. */
    CONNECTS("connects"),
    /** For each request; BEGIN, COMMIT, SET and SHOW are not counted. */
    STATEMENTS("statements"),
    FAILED_PERCENT("failedPercent");

    private final String key;

    Metric(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
