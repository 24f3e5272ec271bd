package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import workshop.db.WorkshopException;

/**
 * Services whose process was killed with SIGKILL, so that it could not end them: whoever starts one next does. Which belongs to
 * which is in the names of empty files in {@code .workshop/running}.
 */
final class Orphans {
    private static final Pattern NAME = Pattern.compile("(\\d+)_(\\d+)_(-?\\d+)\\.service");

    private Orphans() {}

    /** Makes it known that {@code service} ends with this JVM. */
    static void remember(ProcessHandle service) {
        var us = ProcessHandle.current().pid();
        var it = ProcessId.of(service);
        try {
            var file =
                    Files.createFile(Repository.running().resolve(us + "_" + it.pid() + "_" + it.start() + ".service"));
            file.toFile().deleteOnExit();
            service.onExit().thenRun(() -> FileUtils.deleteQuietly(file.toFile()));
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot write to " + Repository.state() + ": " + e.getMessage() + ". Free some disk space.", e);
        }
    }

    /** Ends those that there are. */
    static void end() {
        try (var files = Files.newDirectoryStream(Repository.running(), "*.service")) {
            for (var file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1)))
                                .filter(RunningService::isJava)
                                .isEmpty()) {
                    FileUtils.deleteQuietly(file.toFile());
                    new ProcessId(Long.parseLong(name.group(2)), Long.parseLong(name.group(3))).kill();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
