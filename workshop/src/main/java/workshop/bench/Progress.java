package workshop.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says how far it is: a bar on a terminal, a line for each turn elsewhere. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 10;

    /** What is longer cannot be erased. */
    private static final int TERMINAL = 79;

    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long plannedMillis;
    private final long start = System.nanoTime();
    private long doneMillis;
    private String turn = "";

    /** @param plannedMillis how long everything will take, about */
    Progress(PrintStream out, boolean terminal, long plannedMillis) {
        this.out = out;
        this.terminal = terminal;
        this.plannedMillis = plannedMillis;
    }

    void turn(String name) {
        turn = name;
        if (terminal) {
            now("starts");
        } else {
            out.println(name);
        }
    }

    void now(String what) {
        if (terminal) {
            out.print(ERASE + line(what));
            out.flush();
        }
    }

    void done(long millis) {
        doneMillis += millis;
    }

    private String line(String what) {
        var part = Math.min(1.0, 1.0 * doneMillis / Math.max(1, plannedMillis));
        var cells = (int) (WIDTH * part);
        var line = String.format(
                Locale.ROOT,
                "%s%s %3.0f %%%s · %s · %s",
                "█".repeat(cells),
                "░".repeat(WIDTH - cells),
                100 * part,
                left(part),
                turn,
                what);
        return line.substring(0, Math.min(line.length(), TERMINAL));
    }

    /** By what it took so far, once that says something. */
    private String left(double part) {
        var took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        var left = Duration.ofMillis(part < 0.03 ? plannedMillis : (long) (took * (1 - part) / part));
        return left.toSeconds() < 90
                ? " · %d s left".formatted(left.toSeconds())
                : " · %d min left".formatted(Math.round(left.toSeconds() / 60.0));
    }

    @Override
    public void close() {
        if (terminal) {
            out.print(ERASE);
            out.flush();
        }
    }
}
