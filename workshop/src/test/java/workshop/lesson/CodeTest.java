package workshop.lesson;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;

/** What is found in compiled classes: calls, however they are cut into methods, lambdas and classes. */
class CodeTest {
    private static final String JDBI = """
            package org.jdbi.v3.core;
            public class Handle {
                public Handle createQuery(String sql) { return this; }
                public <T> T with(java.util.function.Function<Handle, T> action) { return action.apply(this); }
                public java.sql.Connection getConnection() { return null; }
                public <T> T attach(Class<T> type) { return null; }
            }
            """;
    private static final String SQL_QUERY = """
            package org.jdbi.v3.sqlobject.statement;
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            public @interface SqlQuery { String value(); }
            """;

    @TempDir
    private Path folder;

    private Path library;

    @BeforeEach
    void compileTheLibrary() throws IOException {
        library = compiled("library", List.of(), JDBI, SQL_QUERY);
    }

    @Test
    void callsInLambdasAndMethodReferencesAreFollowed() throws IOException {
        var code = code("""
                void ask() { handle.with(DbAccessor::inside); }
                static Object inside(Handle given) { return given.with(it -> it.with(same -> prepared(same))); }
                static Object prepared(Handle given) {
                    try { return given.getConnection().prepareStatement(""); }
                    catch (java.sql.SQLException e) { return null; }
                }
                void other() { handle.createQuery(""); }
                """);
        assertThatThrownBy(() -> code.expectJdbi("The question", "DbAccessor.ask"))
                .hasMessageContaining("DbAccessor.prepared calls Connection.prepareStatement");
        assertThatCode(() -> code.expectJdbi("The question", "DbAccessor.other"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatAnObjectIsMadeForIsFollowed() throws IOException {
        var code = code("""
                void ask() { handle.with(new Rows()); }
                static class Rows implements java.util.function.Function<Handle, Object> {
                    @Override
                    public Object apply(Handle given) {
                        try { return given.getConnection().createStatement().executeQuery(""); }
                        catch (java.sql.SQLException e) { return null; }
                    }
                }
                """);
        assertThatThrownBy(() -> code.expectJdbi("The question", "DbAccessor.ask"))
                .hasMessageContaining("DbAccessor.Rows.apply calls Connection.createStatement");
    }

    @Test
    void columnsMayBeReadFromAResultSet() throws IOException {
        var code = code("""
                void ask() { handle.createQuery("").with(it -> name(null)); }
                static String name(java.sql.ResultSet row) {
                    try { return row.getString("name"); }
                    catch (java.sql.SQLException e) { return null; }
                }
                """);
        assertThatCode(() -> code.expectJdbi("The question", "DbAccessor.ask")).doesNotThrowAnyException();
        assertThatThrownBy(() -> code.expectSqlObject("The question", "DbAccessor.ask"))
                .hasMessageContaining("does not reach an interface");
    }

    @Test
    void anInterfaceThatCarriesItsSqlIsFound() throws IOException {
        var code = code("""
                interface Questions {
                    @org.jdbi.v3.sqlobject.statement.SqlQuery("") String one();
                    default String two() { return one(); }
                }
                void ask() { handle.attach(Questions.class).two(); }
                void both() { ask(); handle.createQuery(""); }
                """);
        assertThatCode(() -> code.expectSqlObject("The question", "DbAccessor.ask"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> code.expectSqlObject("The question", "DbAccessor.both"))
                .hasMessageContaining("DbAccessor.both calls Handle.createQuery");
    }

    @Test
    void whereNothingIsAskedIsSaid() throws IOException {
        var code = code("void ask() { System.out.println(handle); }");
        assertThatThrownBy(() -> code.expectJdbi("The question", "DbAccessor.ask"))
                .hasMessageContaining("nothing on its way calls org.jdbi");
        assertThatThrownBy(() -> code.expectJdbi("The question", "DbAccessor.gone", "Server.gone"))
                .hasMessageContaining("There is no method DbAccessor.gone or Server.gone");
    }

    private Code code(String members) throws IOException {
        var classes = compiled("stage", List.of(library), """
                package marketsvc;
                import org.jdbi.v3.core.Handle;
                class DbAccessor {
                    private final Handle handle = new Handle();
                    %s
                }
                """.formatted(members));
        return Code.of(new Stage(folder, classes));
    }

    private Path compiled(String name, List<Path> libraries, String... sources) throws IOException {
        var sourceFolder = Files.createDirectories(folder.resolve(name + "-src"));
        for (var i = 0; i < sources.length; i++) {
            var type = sources[i].replaceFirst("(?s).*?(?:class|@interface) (\\w+).*", "$1");
            Files.writeString(
                    Files.createDirectories(sourceFolder.resolve("" + i)).resolve(type + ".java"), sources[i]);
        }
        var classes = folder.resolve(name);
        var result = StageCompiler.compile(sourceFolder, classes, libraries, List.of());
        assertThatCode(() -> Lesson.expect(result.succeeded(), "%s", result.messages()))
                .doesNotThrowAnyException();
        return classes;
    }
}
