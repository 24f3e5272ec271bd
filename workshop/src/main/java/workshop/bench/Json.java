package workshop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.WorkshopException;
import workshop.stage.StageProcess;

/** The results as a file, from which the site draws, and to which each figure on it can be traced. */
final class Json {
    /** A line for each field of a cell; what is in a field, a figure, stays in its line. */
    private static final class Lines implements DefaultPrettyPrinter.Indenter {
        private static final int LEVELS = 2;
        private int levelBefore;

        @Override
        public void writeIndentation(JsonGenerator json, int level) {
            json.writeRaw(Math.max(level, levelBefore) <= LEVELS ? "\n" + "  ".repeat(level) : " ");
            levelBefore = level;
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }

    private record Data(int customers, int orders, long seed) {}

    private Json() {}

    static void write(Results results, Path file) {
        try {
            Files.writeString(file, text(results));
        } catch (IOException e) {
            throw new WorkshopException("The results cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    static String text(Results results) {
        var lines = new DefaultPrettyPrinter().withObjectIndenter(new Lines());
        return JsonMapper.shared().writer().with(lines).writeValueAsString(object(results)) + "\n";
    }

    private static Map<String, Object> object(Results results) {
        var options = results.options();
        var object = new LinkedHashMap<String, Object>();
        object.put("command", options.command());
        object.put("start", results.start().toString());
        object.put("machine", results.machine());
        object.put("collector", StageProcess.COLLECTOR);
        object.put("rounds", options.rounds());
        object.put("seconds", options.seconds());
        object.put("data", new Data(options.customers(), Market.ORDERS, Market.SEED));
        object.put("ceilings", ceilings(results));
        object.put(
                "cells",
                results.cells().stream().map(cell -> cell(results, cell)).toList());
        return object;
    }

    private static Map<String, Object> ceilings(Results results) {
        var object = new LinkedHashMap<String, Object>();
        results.ceiling(Ceilings.Pair::database).ifPresent(figure -> {
            object.put("how", results.databaseCeiling());
            object.put("database", figure);
        });
        results.ceiling(Ceilings.Pair::fixed).ifPresent(figure -> object.put("static", figure));
        results.ceiling(Ceilings.Pair::serial).ifPresent(figure -> object.put("serial", figure));
        return object;
    }

    private static Map<String, Object> cell(Results results, CellResult result) {
        var object = new LinkedHashMap<String, Object>();
        object.put("id", result.id());
        object.put("workload", result.cell().workload().key());
        object.put("load", result.cell().id());
        object.put("connections", result.cell().connections());
        object.put("rate", result.cell().rate());
        object.put("pool", result.cell().pool());
        object.put("stage", result.variant().id());
        object.put("label", result.variant().label());
        object.put("seconds", result.cell().measuredFor(results.options().seconds()));
        result.figures().forEach((metric, figure) -> object.put(metric.key(), figure));
        object.put("failures", result.failures());
        results.stepBefore(result).ifPresent(before -> {
            object.put("stepBefore", before.variant().id());
            object.put("toStepBefore", result.times(before));
        });
        results.ratioToCeiling(result).ifPresent(ratio -> object.put("toCeiling", Figure.rounded(ratio)));
        results.prediction(result).ifPresent(predicted -> {
            object.put("predictedPerSecond", Figure.rounded(predicted));
            object.put("toPrediction", Figure.rounded(result.median(Metric.PER_SECOND) / predicted));
        });
        return object;
    }
}
