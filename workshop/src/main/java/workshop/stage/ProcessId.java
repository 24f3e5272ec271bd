package workshop.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One process, also after it has ended and its pid was given out again.
 *
 * @param start when it started, in milliseconds since 1970; -1 where the system does not tell
 */
record ProcessId(long pid, long start) {
    /** Linux counts from its boot: when the clock is set, every process's start moves along. */
    private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

    static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), startOf(process));
    }

    /** @return the process, unless it has ended; a zombie, which has no command any more, has */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().isPresent())
                .filter(process -> Math.abs(startOf(process) - start) < CLOCK_STEP.toMillis());
    }

    /** SIGKILL. Returns when it has ended, or after 10 s: what the system cannot end by then is nobody's to wait for. */
    void kill() {
        find().ifPresent(ProcessHandle::destroyForcibly);
        try {
            Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> find().isEmpty());
        } catch (ConditionTimeoutException stubborn) {
            System.getLogger(ProcessId.class.getName()).log(System.Logger.Level.DEBUG, "still there", stubborn);
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }
}
