package workshop.stage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Files;
import java.util.List;
import workshop.db.WorkshopException;

/** "Test your understanding" of a step: {@code step-N/quiz.yaml}, which {@code ./run.sh quiz} and the site read. */
public record Quiz(List<Question> questions) {
    /**
     * One question.
     *
     * @param id {@code 1.q3}
     * @param kind why, what or predict
     * @param shownBy the test or the recording that shows the right answer, where that is a number or an order; or null
     */
    public record Question(
            String id,
            String kind,
            String ask,
            List<Answer> answers,
            @JsonProperty("shown_by") String shownBy) {}

    /** @param feedback what to tell who picks it; of a wrong answer, the misconception behind it */
    public record Answer(String text, @JsonProperty("right") Boolean marked, String feedback) {
        public boolean right() {
            return Boolean.TRUE.equals(marked);
        }
    }

    public static Quiz of(Step step) {
        var file = step.folder().resolve("quiz.yaml");
        if (!Files.exists(file)) {
            throw new WorkshopException("Step " + step.number() + " has no quiz.");
        }
        return Exercises.read(file, Quiz.class);
    }
}
