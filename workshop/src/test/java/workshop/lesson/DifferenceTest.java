package workshop.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static workshop.lesson.Difference.between;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import workshop.contract.Reply;

class DifferenceTest {
    private static final JsonNode STORED = Reply.json("""
            [{"order_id": 3, "items": [{"item": "tea", "quantity": 1}, {"item": "tea", "quantity": 1}]},
             {"order_id": 5, "items": []}]
            """);

    @Test
    void whatIsTheSameDiffersInNothing() {
        assertThat(between(Reply.json(STORED.toString()), STORED)).isEmpty();
    }

    @Test
    void theFirstThatOnlyOneListHasIsNamed() {
        assertThat(between(Reply.json("[]"), STORED))
                .isEqualTo("it lists 0, the database holds 2 (order_id 3 is missing)");
        assertThat(between(STORED, Reply.json("[]")))
                .isEqualTo("it lists 2, the database holds 0 (order_id 3 is too many)");
    }

    @Test
    void linesHaveNoIdToNameThemBy() {
        var served = Reply.json(STORED.toString().replaceFirst(",\\{[^}]*\\}\\]", "]"));
        assertThat(between(served, STORED)).isEqualTo("[0].items lists 1, the database holds 2");
    }

    @Test
    void anotherValueIsToldWithItsPlace() {
        var served = Reply.json(STORED.toString().replaceFirst("\"quantity\":1", "\"quantity\":2"));
        assertThat(between(served, STORED)).isEqualTo("[0].items[0].quantity is 2, the database says 1");
    }
}
