package workshop.stage;

import java.io.IOException;

/** Other programs that a command waits for: when it is told to end, so are they, with what they have started. */
public final class Foreground {
    private Foreground() {}

    /** Runs one to its end. @return its exit code */
    public static int run(ProcessBuilder program) throws IOException, InterruptedException {
        var process = program.start();
        var stopper = new Thread(
                () -> {
                    process.descendants().forEach(ProcessHandle::destroy);
                    process.destroy();
                },
                "foreground-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
        var exitCode = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException alreadyEnding) {
            // Both were told to end.
        }
        return exitCode;
    }
}
