package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workshop.stage.StageExtension;
import workshop.witness.Witness;

/** The list of customers, page by page, from step 4 on. */
@ExtendWith(StageExtension.class)
public interface PagesContract {
    @Test
    default void pagesTogetherAreTheWholeList(Market market) {
        market.db().generate(47, 0, 1);
        // A gap: pages go by id, not by position.
        market.execute("DELETE FROM customer WHERE id BETWEEN 20 AND 25");
        for (var limit : List.of(1, 7, 44, 45, 1000)) {
            var seen = new ArrayList<Integer>();
            var page = ids(market, "?limit=" + limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                seen.addAll(page);
                page = ids(market, "?limit=" + limit + "&after_id=" + page.getLast());
            }
            assertThat(seen).isEqualTo(ids(market, ""));
        }
    }

    @Test
    default void eachParameterWorksWithoutTheOther(Market market) {
        market.db().generate(10, 0, 1);
        assertThat(ids(market, "?limit=3")).containsExactly(1, 2, 3);
        assertThat(ids(market, "?after_id=11")).containsExactly(12, 13);
        assertThat(ids(market, "?after_id=13")).isEmpty();
        assertThat(ids(market, "?after_id=2147483647&limit=2147483647")).isEmpty();
    }

    @Test
    default void noValueOfAPageIsAPartOfAStatement(Market market, Witness witness) throws Exception {
        HostileQueryContract.assertTheSameStatements(
                witness,
                () -> market.get("/api/customers?limit=2&after_id=1"),
                () -> market.get("/api/customers?limit=3&after_id=2"));
    }

    @Test
    default void hostilePagesAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        HostileValues.ids().map(Market::encoded).forEach(value -> {
            sweep.get("/api/customers?limit=" + value, 400, "limit");
            sweep.get("/api/customers?limit=10&after_id=" + value, 400, "after_id");
        });
        sweep.get("/api/customers?limit=1&limit=2", 400, "limit");
        sweep.get("/api/customers?after_id=1&after_id=2", 400, "after_id");
        sweep.assertAllRefused();
    }

    private static List<Integer> ids(Market market, String query) {
        var answer = market.get("/api/customers" + query);
        assertThat(answer.status()).as(query).isEqualTo(200);
        var customers = answer.json();
        return IntStream.range(0, customers.size())
                .mapToObj(i -> customers.get(i).get("id").intValue())
                .toList();
    }
}
