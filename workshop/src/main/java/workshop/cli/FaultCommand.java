package workshop.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.db.WorkshopException;
import workshop.faults.Fault;
import workshop.stage.RunningService;

/** Turns the fault knob of the running service. */
@Command(name = "fault", description = "Break something of the running service, on purpose.")
final class FaultCommand implements Callable<Integer> {
    /** To stop a database that has much to write takes a minute. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Parameters(arity = "0..2", paramLabel = "FAULT", description = "One of those below.")
    private List<String> words = List.of();

    /** @return the faults, a line for each, for the end of the command's help */
    static String[] footer() {
        return Stream.concat(
                        Stream.of(""),
                        Stream.of(Fault.values()).map(fault -> "%-17s %s".formatted(fault.words(), fault.effect())))
                .toArray(String[]::new);
    }

    @Override
    public Integer call() throws InterruptedException {
        var service = RunningService.required();
        if (!words.isEmpty()
                && Fault.of(words.getFirst()).filter(Fault.END::equals).isPresent()) {
            return end(service);
        }
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.controlPort() + "/"))
                .POST(BodyPublishers.ofString(String.join(" ", words)))
                .timeout(LIMIT)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.println(answer.body() + " (" + service.stage() + " on " + service.port() + ")");
            return switch (answer.statusCode()) {
                case 200 -> CommandLine.ExitCode.OK;
                case 400 -> CommandLine.ExitCode.USAGE;
                default -> CommandLine.ExitCode.SOFTWARE;
            };
        } catch (HttpTimeoutException e) {
            throw new WorkshopException(
                    "The run of %s has not answered for %d minutes: look at its terminal, it may be suspended."
                            .formatted(service.stage(), LIMIT.toMinutes()),
                    e);
        } catch (IOException e) {
            throw hasEnded(service);
        }
    }

    private static int end(RunningService service) {
        if (!service.end()) {
            throw hasEnded(service);
        }
        System.out.println((ProcessHandle.current().supportsNormalTermination()
                        ? "The service was told to end, by SIGTERM."
                        : "The service was ended at once: Windows has no SIGTERM.")
                + " (" + service.stage() + " on " + service.port() + ")");
        return 0;
    }

    private static WorkshopException hasEnded(RunningService service) {
        return new WorkshopException("The service of " + service.stage() + " has just ended: start it again.");
    }
}
