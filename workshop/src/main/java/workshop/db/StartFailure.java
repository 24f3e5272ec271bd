package workshop.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why the embedded PostgreSQL did not start, from what it said itself, and what to do about it. */
final class StartFailure {
    private static final Pattern TELLING = Pattern.compile(
            "FATAL|PANIC|error:|error=|error while|could not|denied|failed to execute|Exec format|No space left|Library not loaded");
    private static final long LITTLE = 10 << 20;
    private static final Pattern IN_JSON =
            Pattern.compile("\"error_severity\":\"(FATAL|PANIC)\".*?\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private StartFailure() {}

    /** @param directory that holds the server's data and {@code start.log} */
    static WorkshopException of(Path directory, Exception failure) {
        var reason = reason(directory, failure);
        return new WorkshopException(
                "The embedded PostgreSQL did not start: " + reason + "\n" + advice(reason, directory), failure);
    }

    /** @return whether PostgreSQL could listen nowhere, as where somebody else does */
    static boolean isTakenPort(WorkshopException failure) {
        return failure.getMessage().contains("could not create any TCP/IP sockets");
    }

    private static String reason(Path directory, Exception failure) {
        var said = Stream.of(
                        Stream.of(innermost(failure)),
                        serverLog(directory.resolve("data").resolve("log")),
                        lines(directory.resolve("start.log")))
                .flatMap(lines -> lines)
                .filter(line ->
                        !line.isBlank() && !line.startsWith("pg_ctl:") && !line.equals("Examine the log output."))
                .toList();
        return said.stream()
                .filter(line -> TELLING.matcher(line).find())
                .reduce((earlier, later) -> later)
                .orElseGet(() -> said.isEmpty() ? "it said nothing" : said.getLast())
                .replaceFirst("^.*?(?=FATAL:|PANIC:)", "")
                .strip();
    }

    private static String advice(String reason, Path directory) {
        var home = directory.toAbsolutePath().getParent();
        var otherFolder = "name another folder: " + EmbeddedServer.FOLDER_OPTION;
        var deleteBinaries = "delete " + home.resolve(EmbeddedServer.BINARIES)
                + ", which a full disk or a cleaner of temporary files may have cut short";
        if (reason.contains("No space left")) {
            return "Free some disk space, or " + otherFolder;
        }
        if (home.toFile().getUsableSpace() < LITTLE) {
            return "The disk is full: free some space and " + deleteBinaries + ", or " + otherFolder;
        }
        if (reason.contains("denied")) {
            return "If " + home + " is mounted noexec, " + otherFolder;
        }
        if (lines(directory.resolve("start.log")).allMatch(String::isBlank)
                || reason.contains("shared librar")
                || reason.contains("Library not loaded")
                || reason.contains("does not exist")
                || reason.contains("Exec format")) {
            return "Try again, and if that does not help " + deleteBinaries + ".";
        }
        return "Set MARKETDB_URL to a PostgreSQL of yours, if that cannot be mended.";
    }

    private static String innermost(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .map(cause -> Objects.requireNonNullElse(cause.getMessage(), cause.toString()))
                .orElseThrow();
    }

    /** What the logging collector has taken over is in the newest file. */
    private static Stream<String> serverLog(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).max(Comparator.naturalOrder()).stream()
                    .flatMap(StartFailure::lines)
                    .toList()
                    .stream()
                    .flatMap(line -> IN_JSON.matcher(line).results())
                    .map(found -> found.group(1) + ": " + found.group(2));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
