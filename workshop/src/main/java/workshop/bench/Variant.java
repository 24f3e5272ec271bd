package workshop.bench;

import java.util.Map;
import java.util.regex.Pattern;
import workshop.db.WorkshopException;
import workshop.stage.Repository;
import workshop.stage.Stage;
import workshop.stage.Step;

/**
 * A stage in one of its styles.
 *
 * @param step whose
 * @param style what the variable {@code STYLE} says, or nothing where there is one style
 * @param solved the twin: solved, or else the exercise
 */
record Variant(Step step, String style, boolean solved) {
    private static final String REACTIVE = "reactive";
    private static final Pattern NAME = Pattern.compile("(.+?)(-" + REACTIVE + ")?(/exercise|/solved)?");

    /** @param name {@code 3}, {@code 5-reactive}, {@code 3/exercise} */
    static Variant of(String name) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new WorkshopException("--stages takes steps, as in 3,5,5-reactive,3/exercise.");
        }
        var step = Repository.step(parts.group(1));
        var style = parts.group(2) == null ? "" : REACTIVE;
        if (!style.isEmpty() && !step.topic().equals("async")) {
            throw new WorkshopException("Step " + step.number() + " has one style: only step 5 has two.");
        }
        return new Variant(step, style, !"/exercise".equals(parts.group(3)));
    }

    Stage stage() {
        return solved ? step.solved() : step.exercise();
    }

    /** @return {@code step-5-reactive}, {@code step-3-exercise} */
    String id() {
        return "step-" + step.number() + (style.isEmpty() ? "" : "-" + style) + (solved ? "" : "-exercise");
    }

    /** @return {@code 5 reactive}, {@code 3 exercise} */
    String label() {
        return id().substring("step-".length()).replace('-', ' ');
    }

    Map<String, String> environment() {
        return style.isEmpty() ? Map.of() : Map.of("STYLE", style);
    }

    /** @return whether its requests share a few connections; the others open one for each */
    boolean hasPool() {
        return step.number() >= 3 && style.isEmpty();
    }

    /** @return whether it asks for this in its own way: whatever else the reactive style is asked, it asks by JDBC like the other */
    boolean asks(Workload workload) {
        return style.isEmpty() || workload == Workload.TOTAL || workload == Workload.LIST;
    }

    /** @return whether this one's ratio to {@code other} says what the step between them brings */
    boolean follows(Variant other) {
        if (solved != other.solved) {
            return false;
        }
        return style.isEmpty()
                ? other.style.isEmpty() && other.step.number() == step.number() - 1
                : other.style.isEmpty() && other.step.number() == step.number();
    }
}
