package workshop.bench;

import java.util.List;
import workshop.db.WorkshopException;

/**
 * What is measured, and for how long.
 *
 * @param rounds how often each variant has its turn
 * @param seconds for each cell, but the list, which has four times as many
 * @param connections of the workload {@code total}
 * @param rates of the workload {@code total} in the open model, requests a second
 * @param pools of the workload {@code slow}
 * @param customers in the list, besides the samples
 * @param command as it was typed
 */
public record Options(
        List<String> stages,
        List<String> workloads,
        int rounds,
        int seconds,
        List<Integer> connections,
        List<Integer> rates,
        List<Integer> pools,
        int customers,
        String command) {

    public Options {
        require(rounds, 1, 20, "--rounds");
        require(seconds, 1, 60, "--seconds");
        connections.forEach(number -> require(number, 1, 1000, "--connections"));
        rates.forEach(number -> require(number, 1, 100_000, "--rates"));
        pools.forEach(number -> require(number, 1, 100, "--pools"));
        require(customers, Market.BUYERS, 5_000_000, "--customers");
    }

    private static void require(int number, int least, int most, String option) {
        if (number < least || number > most) {
            throw new WorkshopException("%s takes %,d to %,d, not %,d.".formatted(option, least, most, number));
        }
    }

    List<Variant> variants() {
        return stages.stream().map(Variant::of).distinct().toList();
    }

    List<Cell> cells() {
        return workloads.stream()
                .map(Workload::of)
                .distinct()
                .flatMap(workload -> workload.cells(this).stream())
                .distinct()
                .toList();
    }
}
