package workshop.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import workshop.stage.Repository;
import workshop.stage.Stage;

/**
 * Where the numbers come from, without which they say nothing.
 *
 * @param versions of PostgreSQL and of the libraries that matter
 * @param commit of the repository, with a {@code +} when something was changed since; {@code unknown} outside git
 */
record Machine(
        int cores, String cpu, long memoryGb, String system, String jdk, Map<String, String> versions, String commit) {
    private static final Pattern JAR = Pattern.compile("(.+)-(\\d[\\w.]*)\\.jar");
    private static final List<String> TELLING = List.of(
            "javalin",
            "jdbi3-core",
            "HikariCP",
            "postgresql",
            "r2dbc-postgresql",
            "r2dbc-pool",
            "spring-data-r2dbc",
            "hyperfoil-http");

    static Machine here(String postgresVersion) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var versions = new TreeMap<>(Map.of("PostgreSQL", postgresVersion));
        Stream.concat(Repository.steps().stream().map(step -> step.solved()), Stream.of(Generator.module()))
                .filter(stage -> Files.exists(stage.module().resolve("target/classpath")))
                .map(Stage::libraries)
                .flatMap(List::stream)
                .map(library -> JAR.matcher(library.getFileName().toString()))
                .filter(name -> name.matches() && TELLING.contains(name.group(1)))
                .forEach(name -> versions.put(name.group(1), name.group(2)));
        return new Machine(
                system.getAvailableProcessors(),
                cpuName(),
                Math.round(system.getTotalMemorySize() / Math.pow(1024, 3)),
                operatingSystem(),
                System.getProperty("java.vendor.version", "") + " (" + Runtime.version() + ")",
                versions,
                head());
    }

    private static String cpuName() {
        var words = firstMatch(Path.of("/proc/cpuinfo"), "model name\\s*: (.*)");
        if (words.isEmpty()) {
            words = said("sysctl", "-n", "machdep.cpu.brand_string");
        }
        return words.isEmpty() ? System.getProperty("os.arch") : words;
    }

    private static String operatingSystem() {
        var words = firstMatch(Path.of("/etc/os-release"), "PRETTY_NAME=\"?(.*?)\"?");
        return words.isEmpty() ? System.getProperty("os.name") + " " + System.getProperty("os.version") : words;
    }

    private static String head() {
        var hash = said("git", "-C", Repository.root().toString(), "rev-parse", "--short", "HEAD");
        var changes = said("git", "-C", Repository.root().toString(), "status", "--porcelain");
        return hash.isEmpty() ? "unknown" : hash + (changes.isEmpty() ? "" : "+");
    }

    private static String firstMatch(Path file, String line) {
        var pattern = Pattern.compile(line);
        try (var lines = Files.lines(file)) {
            return lines.map(pattern::matcher)
                    .filter(found -> found.matches())
                    .findFirst()
                    .map(found -> found.group(1).strip())
                    .orElse("");
        } catch (IOException notThere) {
            return "";
        }
    }

    private static String said(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var words = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? words : "";
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
