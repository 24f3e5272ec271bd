package workshop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.TreeMap;
import workshop.stage.Stage;

/** Notices that files were saved, by looking at them: that works on every system, shared folders included. */
final class SourceWatch {
    private static final long LOOK_EVERY_MS = 200;

    private final Path folder;
    private TreeMap<Path, FileTime> seen;

    SourceWatch(Path folder) {
        this.folder = folder;
        this.seen = look();
    }

    /** Returns after a file was saved, made or deleted, when an editor has been quiet for a moment. */
    void awaitChange() throws InterruptedException {
        var now = look();
        while (now.equals(seen)) {
            Thread.sleep(LOOK_EVERY_MS);
            now = look();
        }
        while (!now.equals(seen)) {
            seen = now;
            Thread.sleep(LOOK_EVERY_MS);
            now = look();
        }
    }

    private TreeMap<Path, FileTime> look() {
        var times = new TreeMap<Path, FileTime>();
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Stage::isSource)::iterator) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        } catch (NoSuchFileException | UncheckedIOException replacedWhileLooking) {
            // Editors write a new file and rename it: the next look finds it.
            return times;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times;
    }
}
