package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.commons.io.FileUtils;

/** Keeps a learner's version of a step aside before a command changes it. */
public final class Keep {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss-SSS");

    private Keep() {}

    /** @return the folder in {@code .workshop/kept} that holds a copy of the exercise's sources now */
    public static Path aside(Step step) {
        var folder = Repository.state()
                .resolve("kept")
                .resolve(step.name() + "-" + LocalDateTime.now().format(NAME));
        try {
            Files.createDirectories(folder.getParent());
            Files.createDirectories(step.exercise().sources()); // whoever has deleted all of it keeps nothing
            FileUtils.copyDirectory(step.exercise().sources().toFile(), folder.toFile());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
