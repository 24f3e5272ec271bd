package bench;

import io.hyperfoil.api.connection.Request;
import io.hyperfoil.api.processor.RawBytesHandler;
import io.hyperfoil.http.api.HttpRequest;
import io.hyperfoil.http.api.StatusHandler;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What Hyperfoil's own statistics leave out: each status, bytes, when an answer begins. Only its one event loop touches it. */
final class Tally implements StatusHandler, RawBytesHandler {
    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, Long> statuses = new TreeMap<>();
    private final transient Histogram firstByte = new Histogram(3);
    private long bytes;
    private long firstQuestion;
    private long lastAnswer;

    void asked() {
        if (firstQuestion == 0) {
            firstQuestion = System.nanoTime();
        }
    }

    @Override
    public void handleStatus(HttpRequest request, int status) {
        statuses.merge(status, 1L, Long::sum);
        firstByte.recordValue(System.nanoTime() - request.startTimestampNanos());
    }

    @Override
    public void onRequest(Request request, ByteBuf buffer, int offset, int length) {
        // Only what comes back is counted.
    }

    @Override
    public void onResponse(Request request, ByteBuf buffer, int offset, int length, boolean isLastPart) {
        bytes += length;
        if (isLastPart) {
            lastAnswer = System.nanoTime();
        }
    }

    Map<Integer, Long> statuses() {
        return statuses;
    }

    Histogram firstByte() {
        return firstByte;
    }

    long bytes() {
        return bytes;
    }

    /** @return from the first question to the last answer; not to the end of the asking, as answers may take long */
    double seconds() {
        return Math.max(0, lastAnswer - firstQuestion) / 1e9;
    }
}
