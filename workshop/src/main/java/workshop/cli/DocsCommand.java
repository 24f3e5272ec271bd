package workshop.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workshop.db.Ports;
import workshop.db.WorkshopException;
import workshop.stage.Foreground;
import workshop.stage.Repository;

/** Serves the site: live with Node, which shows an author each change; else the built one, which needs only the JDK. */
@Command(
        name = "docs",
        description = "Serve the workshop's site on this machine.",
        footer = {
            "",
            "With Node (22.12, or 20 on Linux x64) it shows each change of docs/ as you save it. Else it serves what was built: "
                    + "docs/dist, or the release's marketsvc-docs.zip, put into docs/ as it is."
        })
final class DocsCommand implements Callable<Integer> {
    static final String ARCHIVE = "marketsvc-docs.zip";
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");

    @Option(names = "--built", description = "Serve the built site, also where Node is installed.")
    private boolean built;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "4321",
            description = "Where the site answers; the next free port when it is taken. Default: ${DEFAULT-VALUE}.")
    private int preferredPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (preferredPort < 1 || preferredPort > 65_535) {
            throw new WorkshopException("--port takes a number from 1 to 65535.");
        }
        var folder = folder();
        if (!built && prepare()) {
            return live(folder);
        }
        var site = builtSite(folder).orElseThrow(() -> new WorkshopException(missing()));
        var port = choosePort();
        serve(site, port);
        announce(port);
        new CountDownLatch(1).await(); // until a Ctrl-C
        return 0;
    }

    private static Path folder() {
        return Repository.root().resolve("docs");
    }

    /** @return whether there is a Node that can show the site, which then has what it needs, fetched if need be */
    static boolean prepare() throws IOException, InterruptedException {
        var folder = folder();
        if (Files.notExists(folder.resolve("package.json")) || !canRun(nodeVersion(folder))) {
            return false;
        }
        if (!isInstalled(folder)) {
            System.out.println("Installing what the site is built with, once (npm ci in docs/).");
            if (runNpm(folder, installing(folder)) != 0) {
                throw new WorkshopException(
                        "npm ci failed in %s: mend what it says above, or put the release's %s there and say ./run.sh docs --built."
                                .formatted(folder, ARCHIVE));
            }
        }
        return true;
    }

    static boolean isBuilt() throws IOException {
        return builtSite(folder()).isPresent();
    }

    static String missing() {
        return "The site is not built here: install Node 22.12 or newer and run ./run.sh docs, or put the release's %s into %s."
                .formatted(ARCHIVE, folder());
    }

    private int choosePort() {
        var free = Ports.free(preferredPort);
        if (free != preferredPort) {
            System.out.println("Port %d is taken: the site answers on %d.".formatted(preferredPort, free));
        }
        return free;
    }

    private static void announce(int port) {
        System.out.println("The site: http://localhost:%d/ (Ctrl-C stops it)".formatted(port));
    }

    /** @return the folder or the archive that holds the built site */
    static Optional<Path> builtSite(Path folder) throws IOException {
        var dist = folder.resolve("dist");
        if (Files.exists(dist.resolve("index.html"))) {
            return Optional.of(dist);
        }
        var archive = folder.resolve(ARCHIVE);
        return Files.exists(archive)
                ? Optional.of(FileSystems.newFileSystem(archive).getPath("/"))
                : Optional.empty();
    }

    static HttpServer serve(Path site, int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var server = SimpleFileServer.createFileServer(address, site.toAbsolutePath(), OutputLevel.NONE);
        server.start();
        return server;
    }

    // --- With Node ---------------------------------------------------------------------------------------------------

    private int live(Path folder) throws IOException, InterruptedException {
        var port = choosePort();
        announce(port);
        return runNpm(folder, List.of("run", "--silent", "dev", "--", "--port", Integer.toString(port)));
    }

    /** What the checks need besides, a learner does not; who has it keeps it. */
    private static List<String> installing(Path folder) {
        return Files.exists(folder.resolve("node_modules"))
                ? List.of("ci", "--loglevel=error")
                : List.of("ci", "--loglevel=error", "--omit=dev");
    }

    private static boolean isInstalled(Path folder) throws IOException {
        var installed = folder.resolve("node_modules/.package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed)
                                .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
                        >= 0;
    }

    private static int runNpm(Path folder, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(WINDOWS ? "npm.cmd" : "npm"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        // It asks nobody but this machine.
        builder.environment().put("ASTRO_TELEMETRY_DISABLED", "1");
        builder.environment().put("ASTRO_DISABLE_UPDATE_CHECK", "true");
        return Foreground.run(builder);
    }

    /** @return what {@code node --version} says, empty when there is no Node or no npm */
    private static String nodeVersion(Path folder) throws IOException, InterruptedException {
        if (!isOnPath(WINDOWS ? "npm.cmd" : "npm") || !isOnPath(WINDOWS ? "node.exe" : "node")) {
            return "";
        }
        var node = new ProcessBuilder("node", "--version")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            return node.waitFor(10, TimeUnit.SECONDS)
                    ? new String(node.getInputStream().readAllBytes()).strip()
                    : "";
        } finally {
            node.destroyForcibly();
        }
    }

    private static boolean isOnPath(String program) {
        // By name: in the map of all of them Windows has a Path. Its folders may stand in quotes, or be none.
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "").replace("\"", "");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> new File(folder, program).canExecute());
    }

    /** Astro needs 22.12; on Linux x64 the lock file brings a newer Node along, which 20 can install. */
    static boolean canRun(String version) {
        var parts = VERSION.matcher(version);
        if (!parts.lookingAt()) {
            return false;
        }
        var release = Integer.parseInt(parts.group(1)) * 100 + Integer.parseInt(parts.group(2));
        var bringsNewer = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        return release >= (bringsNewer ? 2000 : 2212);
    }
}
