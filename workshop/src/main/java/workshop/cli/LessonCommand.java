package workshop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.stage.Foreground;
import workshop.stage.Repository;
import workshop.stage.StageCompiler;
import workshop.stage.StageProcess;
import workshop.stage.Step;

/**
 * Runs a step's short program: a Java file with a main in {@code step-N/lessons}, on a database filled as its first lines say.
 * Files without a main help those beside them.
 */
@Command(
        name = "lesson",
        description = "Run one of the steps' short programs, or list them.",
        footer = {"", "Examples: ./run.sh lesson · ./run.sh lesson 01 · ./run.sh lesson bulk-insert"})
final class LessonCommand implements Callable<Integer> {
    private static final Pattern SUMMARY = Pattern.compile("/\\*\\* (.+?)(?: \\*/)?\\R");
    private static final Pattern NEEDS = Pattern.compile("(?m)^// needs: *(.*)$");
    private static final Pattern AMOUNT = Pattern.compile("(customers|orders)=(\\d{1,8})");
    private static final String MAIN = "static void main(";
    private static final String COUNTERS = "counters";
    private static final String NOTHING = "nothing";
    private static final long SEED = 4;

    @Parameters(
            arity = "0..1",
            paramLabel = "LESSON",
            description = "Its name, or how that begins. Default: list all of them.")
    private String wanted;

    /** A program, called by its file's name: {@code BulkInsert.java} and {@code 01-futures.java} are bulk-insert and 01-futures. */
    private record Program(Step step, Path file) {
        String name() {
            return file.getFileName()
                    .toString()
                    .replaceFirst("\\.java$", "")
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
        }

        /** @return the text behind {@code // needs:}, word by word */
        List<String> needs() throws IOException {
            var found = NEEDS.matcher(Files.readString(file));
            return found.find() && !found.group(1).isBlank()
                    ? List.of(found.group(1).strip().split("\\s+"))
                    : List.of();
        }

        boolean hasMain() {
            try {
                return Files.readString(file).contains(MAIN);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String summary() throws IOException {
            var found = SUMMARY.matcher(Files.readString(file));
            return found.find() ? found.group(1) : "";
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var programs =
                Repository.steps().stream().flatMap(LessonCommand::programs).toList();
        if (wanted == null) {
            for (var program : programs) {
                System.out.println(Ansi.AUTO.string(
                        "@|bold %d  %-22s|@ %s".formatted(program.step().number(), program.name(), program.summary())));
            }
            return 0;
        }
        return run(find(programs));
    }

    private static Stream<Program> programs(Step step) {
        var files = step.folder().resolve("lessons").toFile().listFiles((folder, name) -> name.endsWith(".java"));
        return files == null
                ? Stream.empty()
                : Stream.of(files)
                        .sorted()
                        .map(file -> new Program(step, file.toPath()))
                        .filter(Program::hasMain);
    }

    private Program find(List<Program> programs) {
        var found = programs.stream()
                .filter(program -> program.name().startsWith(wanted))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new WorkshopException(
                (found.isEmpty() ? "There is no lesson \"%s\"" : "More than one lesson is called \"%s\"")
                                .formatted(wanted)
                        + ": say one of "
                        + (found.isEmpty() ? programs : found)
                                .stream().map(Program::name).collect(Collectors.joining(", "))
                        + ".");
    }

    private static int run(Program program) throws IOException, InterruptedException {
        System.out.println(Ansi.AUTO.string("@|bold " + program.summary() + "|@"));
        System.out.println(Ansi.AUTO.string("@|faint " + Repository.root().relativize(program.file()) + "|@\n"));
        if (program.needs().equals(List.of(NOTHING))) {
            return Foreground.run(java(program, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")));
        }
        try (var db = MarketDb.start()) {
            prepare(db, program);
            var process = java(program, List.of());
            process.environment().put("MARKETDB_URL", db.url(program.name()));
            return Foreground.run(process);
        }
    }

    /** The file as it stands: java compiles it, and the classes that it finds in files of their name beside it. */
    private static ProcessBuilder java(Program program, List<String> options) {
        var solved = program.step().solved();
        var command = new ArrayList<String>();
        command.add(StageProcess.java());
        command.addAll(options);
        command.addAll(StageProcess.OUTPUT);
        command.add("-Dlesson.colour=" + Ansi.AUTO.enabled());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--source", "25"));
        command.addAll(solved.options());
        command.addAll(List.of(
                "-cp", StageCompiler.joined(solved.libraries()), program.file().toString()));
        return new ProcessBuilder(command).inheritIO();
    }

    private static void prepare(MarketDb db, Program program) throws IOException {
        var customers = 0L;
        var orders = 0L;
        for (var need : program.needs()) {
            var amount = AMOUNT.matcher(need);
            if (amount.matches()) {
                var value = Long.parseLong(amount.group(2));
                customers += amount.group(1).equals("customers") ? value : 0;
                orders += amount.group(1).equals("orders") ? value : 0;
            } else if (need.equals(COUNTERS)) {
                if (!db.isEmbedded()) {
                    throw new WorkshopException(
                            "%s counts rows and pages, which only the embedded database does: unset MARKETDB_URL for it."
                                    .formatted(program.name()));
                }
                db.prepareMeasuring();
            } else {
                throw new WorkshopException("%s needs \"%s\", which nobody knows: customers=N, orders=N, %s or only %s."
                        .formatted(program.name(), need, COUNTERS, NOTHING));
            }
        }
        db.generate(customers, orders, SEED);
    }
}
