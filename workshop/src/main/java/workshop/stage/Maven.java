package workshop.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workshop.db.WorkshopException;

/** Calls the Maven that run.sh has chosen. */
public final class Maven {
    private Maven() {}

    /**
     * Resolves the libraries of {@code modules}, folders of the repository, which run.sh does for the current step only.
     *
     * @param what is fetched, for the message
     */
    static void resolve(String what, List<Path> modules) {
        System.err.println("Fetching the libraries of " + what + " (once).");
        var log = Repository.state().resolve("build.log");
        var names = modules.stream()
                .map(module -> Repository.root()
                        .relativize(module.toAbsolutePath())
                        .toString()
                        .replace('\\', '/'));
        try {
            var command = command(List.of(
                    "-B",
                    "process-classes",
                    "-Dmaven.main.skip",
                    "-pl",
                    Stream.concat(Stream.of("workshop"), names).collect(Collectors.joining(","))));
            if (command.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor()
                    != 0) {
                throw new WorkshopException("The libraries of " + what
                        + " could not be fetched: check the network and try again.\nMaven's own words: " + log);
            }
        } catch (IOException e) {
            throw new WorkshopException("Maven does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkshopException("Interrupted while fetching the libraries of " + what + ".", e);
        }
    }

    /** Runs goals in the repository, with Maven's output on the terminal. @return Maven's exit code */
    public static int run(List<String> goals) throws IOException, InterruptedException {
        return command(goals).inheritIO().start().waitFor();
    }

    private static ProcessBuilder command(List<String> goals) {
        var named = System.getenv("WORKSHOP_MVN");
        var command = new ArrayList<>(
                List.of(named == null ? Repository.root().resolve("mvnw").toString() : named, "-ntp"));
        command.addAll(goals);
        return new ProcessBuilder(command).directory(Repository.root().toFile());
    }
}
