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
        var names = modules.stream()
                .map(module -> Repository.root()
                        .relativize(module.toAbsolutePath())
                        .toString()
                        .replace('\\', '/'));
        fetch(
                "the libraries of " + what,
                "process-classes",
                "-Dmaven.main.skip",
                "-pl",
                Stream.concat(Stream.of("workshop"), names).collect(Collectors.joining(",")));
    }

    /** Resolves what Maven looks for only when it runs a test, by running one. */
    public static void resolveTests() {
        fetch("what tests need", "test", "-pl", "workshop", "-Dtest=VariantTest");
    }

    private static void fetch(String what, String... goals) {
        System.err.println("Fetching " + what + " (once).");
        var log = Repository.state().resolve("build.log");
        var arguments = new ArrayList<>(List.of("-B"));
        arguments.addAll(List.of(goals));
        try {
            if (Foreground.run(command(arguments).redirectErrorStream(true).redirectOutput(log.toFile())) != 0) {
                throw new WorkshopException("Maven could not fetch " + what
                        + ": check the network and try again.\nMaven's own words: " + log);
            }
        } catch (IOException e) {
            throw new WorkshopException("Maven does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkshopException("Interrupted while fetching " + what + ".", e);
        }
    }

    /** Runs goals in the repository, with Maven's output on the terminal. @return Maven's exit code */
    public static int run(List<String> goals) throws IOException, InterruptedException {
        return Foreground.run(command(goals).inheritIO());
    }

    private static ProcessBuilder command(List<String> goals) {
        var named = System.getenv("WORKSHOP_MVN");
        var wrapper = System.getProperty("os.name").startsWith("Windows") ? "mvnw.cmd" : "mvnw";
        var command = new ArrayList<>(
                List.of(named == null ? Repository.root().resolve(wrapper).toString() : named, "-ntp"));
        command.addAll(goals);
        return new ProcessBuilder(command).directory(Repository.root().toFile());
    }
}
