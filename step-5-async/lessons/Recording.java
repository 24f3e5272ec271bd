import java.util.ArrayList;
import java.util.List;

/** What happened in a lesson: who did what, when, in this order. */
class Recording {
    /** @param computes whether the lane is busy from here on, and not waiting */
    record Event(long at, String lane, String what, boolean computes) {}

    private final List<Event> events = new ArrayList<>();

    synchronized void add(Event event) {
        events.add(event);
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** @return when the lane did that first */
    long timeOf(String lane, String what) {
        return events.stream()
                .filter(event -> event.lane().equals(lane) && event.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This never happened: " + lane + " " + what))
                .at();
    }

    /** @return how many events begin so, in all lanes whose names begin so */
    long count(String lane, String what) {
        return events.stream()
                .filter(event -> event.lane().startsWith(lane) && event.what().startsWith(what))
                .count();
    }
}
