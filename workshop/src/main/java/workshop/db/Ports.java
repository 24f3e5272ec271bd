package workshop.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.IntStream;

/** Finds TCP ports of this machine that nobody listens on. */
public final class Ports {
    private Ports() {}

    /** @return the first free port from {@code preferred} on; any free one for 0 */
    public static int free(int preferred) {
        if (preferred == 0) {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new WorkshopException("The system has no free port left: " + e.getMessage(), e);
            }
        }
        return IntStream.range(preferred, Math.min(preferred + 100, 65536))
                .filter(port -> !isTaken(port))
                .findFirst()
                .orElseThrow(() -> new WorkshopException(
                        "The ports from " + preferred + " on are all taken: stop a service that uses one."));
    }

    /** @return whether somebody listens on {@code port} */
    public static boolean isTaken(int port) {
        // Asked twice, because macOS lets two listeners share a port when one of them names an address.
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return client.isConnected();
        } catch (IOException nobodyAnswers) {
            try (var server = new ServerSocket(port)) {
                return !server.isBound();
            } catch (IOException refused) {
                return true;
            }
        }
    }
}
