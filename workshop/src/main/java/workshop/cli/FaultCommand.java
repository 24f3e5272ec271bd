package workshop.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.db.WorkshopException;
import workshop.stage.RunningService;

/** Turns the fault knob of the running service. */
@Command(
        name = "fault",
        description = "Break something of the running service, on purpose.",
        footer = {
            "",
            "latency 50ms      each round trip to the database takes longer",
            "cut 1000          the line to the database breaks after so many more bytes",
            "kill              PostgreSQL ends the service's sessions",
            "stop, start       the database",
            "lock TABLE        statements on a table wait",
            "full              64 requests wait and hold every connection",
            "slow-reader 100   a client reads /api/customers at 100 kB/s",
            "end               the service is told to end, as by a deployment: SIGTERM",
            "courier 2s        the courier, who is told of each new order, takes his time",
            "off               all is well again"
        })
final class FaultCommand implements Callable<Integer> {
    @Parameters(arity = "0..2", paramLabel = "FAULT", description = "One of those below.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws InterruptedException {
        var service = RunningService.required();
        if (words.equals(List.of("end"))) {
            return end(service);
        }
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.controlPort() + "/"))
                .POST(BodyPublishers.ofString(String.join(" ", words)))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.println(answer.body() + " (" + service.stage() + " on " + service.port() + ")");
            return answer.statusCode() == 200 ? 0 : 1;
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
