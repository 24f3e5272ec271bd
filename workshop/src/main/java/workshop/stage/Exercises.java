package workshop.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import workshop.db.WorkshopException;

/**
 * What a step asks of the learner: {@code step-N/exercises.yaml}, which the commands, the author's gate and the site read.
 *
 * @param title of the step
 * @param minutes for the whole step
 * @param starter git's tree hash of the starter's {@code src/main}, by which {@code reset} finds it again
 */
public record Exercises(String title, int minutes, String starter, List<Exercise> exercises) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One exercise.
     *
     * @param number {@code 1.3}
     * @param needs the exercises that have to be solved before it
     * @param members what the twin's answer consists of: {@code DbAccessor.add}, or a whole file, {@code java/marketsvc/Pool.java}
     */
    public record Exercise(
            String number, String title, int minutes, List<String> needs, List<String> members, Hints hints) {
        public Exercise {
            needs = needs == null ? List.of() : needs;
        }

        public Step step() {
            return Repository.step(stepOf(number));
        }

        private static String stepOf(String number) {
            return number.substring(0, number.indexOf('.'));
        }

        /** @return the name of the nested test class that checks it: {@code Exercise3} */
        public String testClass() {
            return "Exercise" + number.substring(number.indexOf('.') + 1);
        }
    }

    /**
     * The ladder; its last rung, the twin's diff, is computed.
     *
     * @param where to look
     * @param concept behind it, with the page that explains it
     * @param api the name of what helps
     * @param pieces of the answer, in mixed order
     */
    public record Hints(String where, String concept, String api, List<String> pieces) {}

    public static Exercises of(Step step) {
        return read(step.folder().resolve("exercises.yaml"), Exercises.class);
    }

    /** @return what a step's YAML file says, which has no fields that {@code type} does not know */
    static <T> T read(Path file, Class<T> type) {
        try {
            return YAML.readValue(Files.readString(file), type);
        } catch (IOException | JacksonException e) {
            throw new WorkshopException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** @param number {@code 1.3} */
    public static Exercise find(String number) {
        if (!number.matches("\\d+\\.\\d+")) {
            throw new WorkshopException(
                    "\"" + number + "\" is not an exercise: name one like 1.2 (./run.sh list shows them).");
        }
        var all = of(Repository.step(Exercise.stepOf(number))).exercises();
        return all.stream()
                .filter(exercise -> exercise.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new WorkshopException("There is no exercise %s: its step has %s."
                        .formatted(number, all.stream().map(Exercise::number).collect(Collectors.joining(", ")))));
    }
}
