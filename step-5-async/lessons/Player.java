import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plays a recording: its lanes run down the terminal in slow motion, a line for each event and each tick of the clock. */
class Player {
    private static final String MARGIN = "     ms  ";
    private static final int WIDEST_LANE = 22;
    private static final int TICK = 50;
    private static final int SLOWER = 4;
    private static final int PAUSE_BEFORE_AN_EVENT = 150;

    private final List<Recording.Event> events;
    private final List<String> lanes;
    private final int width;
    private final Map<String, String> bars = new HashMap<>();

    Player(List<Recording.Event> events) {
        this.events = events;
        lanes = events.stream()
                .map(Recording.Event::lane)
                .distinct()
                .sorted(Comparator.comparing(lane -> !lane.equals("main"))) // first, and the others as they came
                .toList();
        width = Math.min(WIDEST_LANE, (Screen.WIDTH - MARGIN.length()) / Math.max(1, lanes.size()));
    }

    void play(String title) throws InterruptedException {
        var pace = Screen.INTERACTIVE ? "  (%d times slower than life)".formatted(SLOWER) : "";
        Screen.print(Screen.bold(title) + Screen.faint(pace));
        Screen.print(Screen.faint(MARGIN)
                + lanes.stream().map(lane -> colour(lane, cell(lane))).collect(Collectors.joining()));
        var lastEvents = new HashMap<String, Recording.Event>();
        events.forEach(event -> lastEvents.put(event.lane(), event));
        var now = -1L;
        for (var event : events) {
            if (now >= 0) {
                passTime(now, event.at());
            }
            Screen.pause(PAUSE_BEFORE_AN_EVENT);
            print(event.at() == now ? "" : Long.toString(event.at()), event.lane(), event.what());
            now = event.at();
            bars.put(event.lane(), event == lastEvents.get(event.lane()) ? "" : event.computes() ? "┃" : "│");
        }
    }

    private void passTime(long from, long to) throws InterruptedException {
        var now = from;
        while (now < to) {
            var next = Math.min(to, (now / TICK + 1) * TICK);
            Screen.pause((next - now) * SLOWER);
            now = next;
            if (now < to) {
                print("", "", "");
            }
        }
    }

    /** Between its first event and its last a lane is a bar: a thin one while it waits, a thick one while it computes. */
    private void print(String time, String eventsLane, String what) {
        var line = new StringBuilder(" ".repeat(MARGIN.length() - time.length() - 2) + time + "  ");
        for (var lane : lanes) {
            line.append(
                    lane.equals(eventsLane)
                            ? Screen.bold(colour(lane, cell(what)))
                            : colour(lane, cell(bars.getOrDefault(lane, ""))));
        }
        Screen.print(line.toString());
    }

    private String colour(String lane, String text) {
        return Screen.ofLane(lanes.indexOf(lane), text);
    }

    private String cell(String text) {
        var fitting = text.length() < width ? text : text.substring(0, width - 2) + "…";
        return fitting + " ".repeat(width - fitting.length());
    }
}
