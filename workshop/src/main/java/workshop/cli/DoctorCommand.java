package workshop.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import workshop.db.MarketDb;
import workshop.db.Ports;
import workshop.db.WorkshopException;
import workshop.stage.Repository;
import workshop.stage.RunningService;
import workshop.stage.Starter;
import workshop.witness.Witness;

/** Looks at everything that the workshop needs and says what to do about what is missing. */
@Command(name = "doctor", description = "Look at JDK, git, libraries, ports, disk and database.")
final class DoctorCommand implements Callable<Integer> {
    private static final long GIGABYTE = 1L << 30;
    private int problems;

    @Override
    public Integer call() throws InterruptedException {
        check("JDK", DoctorCommand::jdk);
        check("git", DoctorCommand::git);
        check("libraries", DoctorCommand::libraries);
        check("disk", DoctorCommand::disk);
        check("port 9090", DoctorCommand::port);
        check("database", DoctorCommand::database);
        System.out.println(problems == 0 ? "All is well: ./run.sh run" : problems + " to mend.");
        return problems == 0 ? 0 : 1;
    }

    private interface Look {
        String finding() throws IOException, InterruptedException;
    }

    private void check(String name, Look look) throws InterruptedException {
        try {
            System.out.println(Ansi.AUTO.string("@|green ✓|@ %-9s  ".formatted(name)) + look.finding());
        } catch (IOException | RuntimeException e) {
            // Also what nobody thought of is a finding, and the next look goes on.
            problems++;
            var told = WorkshopException.in(e).map(Throwable::getMessage).orElseGet(e::toString);
            System.out.println(
                    Ansi.AUTO.string("@|red ✗|@ %-9s  ".formatted(name)) + told.replace("\n", "\n             "));
        }
    }

    private static String jdk() {
        var version = Runtime.version();
        if (version.feature() != 25) {
            throw new WorkshopException("JDK " + version + ", but 25 is needed: start with ./run.sh, which finds it.");
        }
        return version + ", " + System.getProperty("java.vendor") + ", in " + System.getProperty("java.home");
    }

    private static String git() throws IOException {
        Starter.requireHistory();
        var git = new ProcessBuilder("git", "--version").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** What is missing is no fault: a step fetches its libraries when it is first asked for. */
    private static String libraries() {
        var missing = Repository.steps().stream()
                .filter(step -> !step.exercise().isResolved())
                .map(step -> Integer.toString(step.number()))
                .toList();
        return missing.isEmpty()
                ? "of all steps"
                : "not yet of step %s: fetched when first needed, or now by ./run.sh warm"
                        .formatted(String.join(", ", missing));
    }

    private static String disk() {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        for (var folder : new Path[] {Repository.root(), temporary}) {
            if (!folder.toFile().isDirectory()) {
                throw new WorkshopException(
                        "%s does not exist: make it, or name another folder for temporary files: set the variable JAVA_TOOL_OPTIONS to -Djava.io.tmpdir=FOLDER"
                                .formatted(folder));
            }
            if (folder.toFile().getUsableSpace() < GIGABYTE) {
                throw new WorkshopException(
                        "%s has %d MB left: make 1 GB free, or name another folder for temporary files: set the variable JAVA_TOOL_OPTIONS to -Djava.io.tmpdir=FOLDER"
                                .formatted(folder, folder.toFile().getUsableSpace() >> 20));
            }
        }
        return "%d GB free in %s".formatted(temporary.toFile().getUsableSpace() / GIGABYTE, temporary);
    }

    private static String port() {
        var own = RunningService.all();
        if (!own.isEmpty()) {
            return own.getFirst().stage() + " runs on " + own.getFirst().port();
        }
        return Ports.isTaken(9090) ? "taken by another program: ./run.sh run will use the next free one" : "free";
    }

    private static String database() {
        try (var db = MarketDb.open()) {
            Witness.of(db, "doctor").close(); // or it says why not
            return (db.isEmbedded() ? "embedded PostgreSQL starts" : "MARKETDB_URL answers at " + db.address())
                    + ", its log can be read";
        }
    }
}
