import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The stage of the lesson programs. What tasks say is recorded, then a {@link Player} shows it as lanes in slow motion.
 *
 * <p>Time is a {@link Clock}'s, which moves when everybody waits: all tasks have to run on virtual threads.
 */
class Lanes {
    /** What a lesson does. */
    interface Program {
        void run() throws Exception;
    }

    private static Clock clock = new Clock();
    private static Recording recording = new Recording();

    private Lanes() {}

    /** Asks what will happen, if somebody sits at the terminal. @param text as {@link Prediction#of} reads it */
    static Prediction predict(String text) {
        return Prediction.of(text).ask();
    }

    /** Runs the program on a virtual thread of its own, and plays what happened in its lanes. */
    static Recording show(String title, Program program) throws InterruptedException {
        clock = new Clock();
        recording = new Recording();
        var failure = new AtomicReference<Exception>();
        var ended = new AtomicReference<Boolean>();
        var main = Thread.ofVirtual().name("main").start(() -> {
            try {
                program.run();
            } catch (Exception e) {
                say("main", "ends by " + e.getClass().getSimpleName());
                failure.set(e);
            }
        });
        Thread.ofVirtual().start(() -> ended.set(clock.runUntilTheEndOf(main))).join();
        new Player(recording.events()).play(title);
        Screen.print("");
        if (failure.get() != null) {
            throw new IllegalStateException("The program failed.", failure.get());
        }
        if (!ended.get()) {
            Screen.print("Here everybody waits, and nobody is left to wake them.");
            System.exit(1);
        }
        return recording;
    }

    /** Something happened. */
    static void say(String lane, String what) {
        clock.stir();
        recording.add(new Recording.Event(clock.now(), lane, what, false));
    }

    /**
     * Waits as Thread.sleep does: another task gets the carrier.
     *
     * @throws CancellationException when interrupted: Thread.sleep's checked exception would be half of each lesson
     */
    static void sleep(long millis) {
        try {
            clock.sleep(millis);
        } catch (InterruptedException e) {
            throw new CancellationException();
        }
    }

    /** Something that computes for so long: no other task gets the carrier. */
    static void compute(String lane, String what, long millis) {
        recording.add(new Recording.Event(clock.now(), lane, what, true));
        clock.compute(millis);
    }

    /** A task that takes its time: it starts, waits for a slow answer, and ends. */
    static String buy(String goods, long millis) {
        say(goods, "starts");
        try {
            sleep(millis);
        } catch (CancellationException e) {
            say(goods, "is interrupted");
            throw e;
        }
        say(goods, "done");
        return goods;
    }

    /** A task that takes its time and fails. */
    static String soldOut(String goods, long millis) {
        say(goods, "starts");
        sleep(millis);
        say(goods, "is sold out");
        throw new IllegalStateException("sold out: " + goods);
    }
}
