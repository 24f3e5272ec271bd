import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What the page of step 4 shows beside the stages' own code; RepositoryShapeTest compiles it. */
record Examples(Jdbi jdbi) {
    void names(Consumer<Stream<String>> reader) {
        jdbi.useTransaction(handle -> {
            try (var rows = handle.createQuery("SELECT name FROM item")
                    .setFetchSize(100)
                    .mapTo(String.class)
                    .stream()) {
                reader.accept(rows);
            }
        });
    }

    static void print(Examples db) {
        db.names(names -> names.forEach(System.out::println));
    }
}
