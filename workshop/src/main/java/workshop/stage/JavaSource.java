package workshop.stage;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java file as its top-level class's members, each with the comments before it: so that one member can be taken over. */
final class JavaSource {
    private static final Pattern LINE_COMMENT = Pattern.compile("[ \\t]*//.*");
    private static final Pattern BLANK_LINES = Pattern.compile("\\A\\R+");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;\\R");

    private final String head;
    private final Map<String, String> members;
    private final String tail;

    private JavaSource(String head, Map<String, String> members, String tail) {
        this.head = head;
        this.members = members;
        this.tail = tail;
    }

    /** @throws IllegalArgumentException when the text is not Java */
    static JavaSource parse(String text) {
        var file = new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        var errors = new ArrayList<String>();
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, error -> errors.add(error.getMessage(null)), List.of(), null, List.of(file));
        try {
            var unit = task.parse().iterator().next();
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(errors.getFirst());
            }
            return split(text, unit, Trees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaSource split(String text, CompilationUnitTree unit, Trees trees) {
        var positions = trees.getSourcePositions();
        var type = (ClassTree) unit.getTypeDecls().getFirst();
        var members = new LinkedHashMap<String, String>();
        var body = bodyOf(type, text, unit, positions);
        var from = body;
        for (var member : type.getMembers()) {
            var start = (int) positions.getStartPosition(unit, member);
            var end = (int) positions.getEndPosition(unit, member);
            if (end <= start || end <= body) {
                continue; // the constructor that javac adds, a record's components
            }
            var lineComment = LINE_COMMENT.matcher(text).region(end, text.length());
            var last = lineComment.lookingAt() ? lineComment.end() : end;
            members.merge(name(member), text.substring(from, last), String::concat);
            from = last;
        }
        return new JavaSource(text.substring(0, body), members, text.substring(from));
    }

    /** @return where the type's body begins, behind its brace; in the comments around there may be others */
    private static int bodyOf(ClassTree type, String text, CompilationUnitTree unit, SourcePositions positions) {
        var head = Stream.of(
                        List.of(type.getModifiers()),
                        type.getTypeParameters(),
                        Stream.ofNullable(type.getExtendsClause()).toList(),
                        type.getImplementsClause(),
                        type.getPermitsClause())
                .flatMap(List::stream)
                .mapToLong(part -> positions.getEndPosition(unit, part));
        var end = LongStream.concat(LongStream.of(positions.getStartPosition(unit, type)), head)
                .max()
                .orElseThrow();
        return text.indexOf('{', (int) end) + 1;
    }

    private static String name(Tree member) {
        return switch (member) {
            case MethodTree method -> method.getName().toString();
            case VariableTree field -> field.getName().toString();
            case ClassTree nested -> nested.getSimpleName().toString();
            default -> member.getKind().toString();
        };
    }

    /** @return the members' names, in the file's order */
    List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** @return the member's text with the comments before it; empty when there is none */
    String member(String name) {
        return members.getOrDefault(name, "");
    }

    /** @return this file with {@code other}'s member of that name, if it has one, in place of its own, and the imports of both */
    JavaSource with(String name, JavaSource other) {
        var changed = new LinkedHashMap<>(members);
        if (other.member(name).isEmpty()) {
            changed.remove(name);
            return new JavaSource(head, changed, tail);
        }
        var blankLines = BLANK_LINES.matcher(member(name));
        changed.put(
                name,
                (blankLines.lookingAt() ? blankLines.group() : "\n\n")
                        + BLANK_LINES.matcher(other.member(name)).replaceFirst(""));
        return new JavaSource(withImports(other.head), changed, tail);
    }

    private String withImports(String otherHead) {
        var imports = new TreeSet<String>();
        for (var text : List.of(head, otherHead)) {
            IMPORT.matcher(text)
                    .results()
                    .forEach(found -> imports.add(found.group().strip() + "\n"));
        }
        var first = IMPORT.matcher(head);
        var rest = first.replaceAll("");
        var at = first.reset().find() ? first.start() : rest.indexOf('\n') + 1;
        return rest.substring(0, at) + String.join("", imports) + rest.substring(at);
    }

    @Override
    public String toString() {
        return head + String.join("", members.values()) + tail;
    }
}
