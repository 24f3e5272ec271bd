package workshop.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import workshop.db.WorkshopException;
import workshop.stage.Stage;

/** Shows what is left between the learner's code and the solved twin. */
@Command(name = "compare", description = "Show the difference between your code and solved.")
final class CompareCommand implements Callable<Integer> {
    private static final int CONTEXT_LINES = 3;

    @Mixin
    private StepArgument argument;

    @Override
    public Integer call() throws IOException {
        var step = argument.step();
        var names = new TreeSet<Path>();
        names.addAll(files(step.exercise()));
        names.addAll(files(step.solved()));
        var same = true;
        for (var name : names) {
            var diff = unified(
                    name.toString(),
                    lines(step.exercise().sources().resolve(name)),
                    lines(step.solved().sources().resolve(name)));
            print(diff);
            same &= diff.isEmpty();
        }
        if (same) {
            System.out.println("Your " + step.name() + " is the same as solved.");
        }
        return 0;
    }

    private static List<Path> files(Stage stage) throws IOException {
        try (var files = Files.walk(stage.sources())) {
            return files.filter(Stage::isSource)
                    .map(stage.sources()::relativize)
                    .toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (CharacterCodingException e) {
            throw new WorkshopException(file + " is no UTF-8 text: save it as such.", e);
        }
    }

    static List<String> unified(String name, List<String> yours, List<String> solved) {
        return UnifiedDiffUtils.generateUnifiedDiff(
                "exercise/" + name, "solved/" + name, yours, DiffUtils.diff(yours, solved), CONTEXT_LINES);
    }

    static void print(List<String> diff) {
        var ansi = Ansi.AUTO;
        for (var line : diff) {
            var style = switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '-' -> Ansi.Style.fg_red;
                case '+' -> Ansi.Style.fg_green;
                case '@' -> Ansi.Style.fg_cyan;
                default -> null;
            };
            System.out.println(style == null || !ansi.enabled() ? line : style.on() + line + style.off());
        }
    }
}
