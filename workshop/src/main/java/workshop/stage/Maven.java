package workshop.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import workshop.db.WorkshopException;

/** Calls the Maven that run.sh has chosen. */
public final class Maven {
    private Maven() {}

    /** Resolves the libraries of a stage's step, which run.sh does for the current step only. */
    static void resolve(Stage stage) {
        var step = stage.module().getParent().getFileName();
        System.err.println("Fetching the libraries of " + step + " (once).");
        var log = Repository.state().resolve("build.log");
        try {
            var command = command(List.of(
                    "-B",
                    "process-classes",
                    "-Dmaven.main.skip",
                    "-pl",
                    "workshop," + step + "/exercise," + step + "/solved"));
            if (command.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start()
                            .waitFor()
                    != 0) {
                throw new WorkshopException("The libraries of " + step
                        + " could not be fetched: check the network and try again.\nMaven's own words: " + log);
            }
        } catch (IOException e) {
            throw new WorkshopException("Maven does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkshopException("Interrupted while fetching the libraries of " + step + ".", e);
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
