package workshop.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds TCP ports of this machine that nobody listens on. */
public final class Ports {
    private static final int ANSWER_LIMIT_MS = 500;

    /** Below those that systems hand out by themselves: one of these is not taken by chance between our look and its use. */
    private static final int FIRST_OF_ANY = 20_000;

    private static final int LAST_OF_ANY = 32_000;
    private static final int TRIES = 1000;

    /** A service that is being started again has its port, and nobody can see it; so many start at the same time at most. */
    private static final int REMEMBERED = 1000;

    private static final LinkedHashSet<Integer> LATELY_GIVEN = new LinkedHashSet<>();

    private Ports() {}

    /** @return the first free port from {@code preferred} on; any free one for 0 */
    public static int free(int preferred) {
        if (preferred == 0) {
            return ThreadLocalRandom.current()
                    .ints(TRIES, FIRST_OF_ANY, LAST_OF_ANY)
                    .filter(port -> canBeTaken(port) && isNew(port))
                    .findFirst()
                    .orElseThrow(() -> new WorkshopException("The system has no free port left."));
        }
        return IntStream.range(preferred, Math.min(preferred + 100, 65536))
                .filter(port -> !isTaken(port))
                .findFirst()
                .orElseThrow(() -> new WorkshopException(
                        "The ports from " + preferred + " on are all taken: stop a service that uses one."));
    }

    private static boolean isNew(int port) {
        synchronized (LATELY_GIVEN) {
            if (LATELY_GIVEN.size() >= REMEMBERED) {
                LATELY_GIVEN.removeFirst();
            }
            return LATELY_GIVEN.add(port);
        }
    }

    /** @return whether somebody listens on {@code port} */
    public static boolean isTaken(int port) {
        // Asked twice, because macOS lets two listeners share a port when one of them names an address.
        return isAnswering(port) || !canBeTaken(port);
    }

    /** @return whether somebody on this machine accepts connections on {@code port} */
    public static boolean isAnswering(int port) {
        try (var client = new Socket()) {
            // With a limit, because Windows asks for two seconds before it believes a refusal.
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_LIMIT_MS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean canBeTaken(int port) {
        try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return server.isBound();
        } catch (IOException refused) {
            return false;
        }
    }
}
