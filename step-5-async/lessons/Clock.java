import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The clock that all tasks of a lesson share. It moves only when every task waits, straight to the next one that wants to go on:
 * so the order of events is that of an idle machine, each time, whatever else this one does.
 */
class Clock {
    static {
        // One carrier takes the virtual threads in turn. Read when the first of them is made, so it is set in time.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
    }

    /** A task gets its turn in each round; whatever it starts gets one in the next. When nothing stirs for so many, all wait. */
    private static final int QUIET_ROUNDS = 50;

    /** Milliseconds, real ones, in which something from outside could still wake a task. */
    private static final int PATIENCE = 2000;

    private record Sleeper(long until, long order, Thread thread, AtomicBoolean awake) {}

    private final PriorityQueue<Sleeper> sleepers =
            new PriorityQueue<>(Comparator.comparingLong(Sleeper::until).thenComparingLong(Sleeper::order));
    private long now;
    private long stirs;

    synchronized long now() {
        return now;
    }

    /** Somebody did something: not all tasks wait. */
    synchronized void stir() {
        stirs++;
    }

    /** Waits as Thread.sleep does, and makes room for the others. */
    void sleep(long millis) throws InterruptedException {
        var sleeper = sleeper(now() + millis, stirs());
        try {
            while (!sleeper.awake().get()) {
                if (Thread.interrupted()) {
                    awaitTurn(sleeper);
                    throw new InterruptedException();
                }
                LockSupport.park(sleeper);
            }
        } finally {
            remove(sleeper);
        }
    }

    /** A scope interrupts its tasks in the order of a hash table; here they notice in the order in which they went to sleep. */
    private void awaitTurn(Sleeper interrupted) {
        remove(interrupted);
        var turn = sleeper(now(), interrupted.order());
        while (!turn.awake().get()) {
            LockSupport.park(turn);
        }
    }

    private synchronized Sleeper sleeper(long until, long order) {
        stirs++;
        var sleeper = new Sleeper(until, order, Thread.currentThread(), new AtomicBoolean());
        sleepers.add(sleeper);
        return sleeper;
    }

    private synchronized void remove(Sleeper sleeper) {
        stirs++;
        sleepers.remove(sleeper);
    }

    /** Lets time pass without making room: who wants to go on meanwhile is called, and has to wait for the carrier. */
    synchronized void compute(long millis) {
        stirs++;
        var end = now + millis;
        while (!sleepers.isEmpty() && sleepers.peek().until() <= end) {
            wake(sleepers.poll());
        }
        now = end;
    }

    /** Moves until the task has ended. @return whether it has: false when everybody waits and nobody is left to wake them */
    boolean runUntilTheEndOf(Thread task) {
        var idle = 0;
        while (task.isAlive() && idle < PATIENCE) {
            var before = stirs();
            for (var round = 0; round < QUIET_ROUNDS; round++) {
                Thread.yield();
            }
            if (before != stirs() || wakeNext()) {
                idle = 0;
            } else if (task.isAlive()) {
                idle++;
                LockSupport.parkNanos(1_000_000);
            }
        }
        return !task.isAlive();
    }

    private synchronized long stirs() {
        return stirs;
    }

    private synchronized boolean wakeNext() {
        var next = sleepers.poll();
        if (next != null) {
            now = Math.max(now, next.until());
            wake(next);
        }
        return next != null;
    }

    private static void wake(Sleeper sleeper) {
        sleeper.awake().set(true);
        LockSupport.unpark(sleeper.thread());
    }
}
