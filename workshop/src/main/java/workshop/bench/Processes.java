package workshop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the operating system knows of processes. */
final class Processes {
    /** Linux has promised its programs that it is 100. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int CHILDREN_USER_TIME = 15;

    private Processes() {}

    /** @return processor time so far */
    static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** @return processor time of a process, of its descendants and of the children that have ended: {@link #countsTheEnded()} */
    static Duration familyTime(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(Processes::time)
                .reduce(endedChildren(process).orElse(Duration.ZERO), Duration::plus);
    }

    /** @return whether {@link #familyTime} knows of children that have ended, as it does on Linux */
    static boolean countsTheEnded() {
        return endedChildren(ProcessHandle.current()).isPresent();
    }

    private static Optional<Duration> endedChildren(ProcessHandle process) {
        try {
            var text = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            // The second field, a name, is in parentheses and may hold spaces; proc_pid_stat(5) counts from 1.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            var user = Long.parseLong(fields[CHILDREN_USER_TIME - 2]);
            var system = Long.parseLong(fields[CHILDREN_USER_TIME - 1]);
            return Optional.of(Duration.ofMillis((user + system) * 1000 / TICKS_PER_SECOND));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** @return MB of memory that the process occupies; nothing on Windows */
    static OptionalDouble residentMegabytes(ProcessHandle process) {
        try {
            var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
            var kilobytes = new String(ps.getInputStream().readAllBytes()).strip();
            return kilobytes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Long.parseLong(kilobytes) / 1024.0);
        } catch (IOException noPs) {
            return OptionalDouble.empty();
        }
    }
}
