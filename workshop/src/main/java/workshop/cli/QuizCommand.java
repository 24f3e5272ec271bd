package workshop.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import workshop.stage.Exercises;
import workshop.stage.Quiz;
import workshop.stage.Quiz.Question;

/** Asks a step's questions in the terminal, and answers each answer. */
@Command(
        name = "quiz",
        description = "Test your understanding of a step.",
        footer = {"", "Without a terminal it prints the questions. The site asks the same ones: ./run.sh docs"})
final class QuizCommand implements Callable<Integer> {
    @Mixin
    private StepArgument argument;

    @Override
    public Integer call() throws IOException {
        var step = argument.step();
        var quiz = Quiz.of(step);
        System.out.println(Ansi.AUTO.string(
                "@|bold %d  %s|@".formatted(step.number(), Exercises.of(step).title())));
        if (System.console() == null || !System.console().isTerminal()) {
            print(quiz, System.out);
            System.out.println("\nIn a terminal, ./run.sh quiz " + step.number() + " takes your answers.");
        } else {
            ask(
                    quiz,
                    new BufferedReader(
                            new InputStreamReader(System.in, System.console().charset())),
                    System.out);
        }
        return 0;
    }

    static void print(Quiz quiz, PrintStream out) {
        for (var i = 0; i < quiz.questions().size(); i++) {
            print(quiz, i, out);
        }
    }

    /** Asks each question until its answer is right, or the input ends; only the first try counts. */
    static void ask(Quiz quiz, BufferedReader in, PrintStream out) throws IOException {
        var rightAtFirst = 0;
        var count = quiz.questions().size();
        for (var i = 0; i < count; i++) {
            print(quiz, i, out);
            var tries = triesFor(quiz.questions().get(i), in, out);
            if (tries == 0) {
                out.println("\nYou stopped at question %d of %d: %d right at the first try."
                        .formatted(i + 1, count, rightAtFirst));
                return;
            }
            rightAtFirst += tries == 1 ? 1 : 0;
        }
        out.println("\n%d of %d right at the first try.".formatted(rightAtFirst, count));
    }

    private static void print(Quiz quiz, int index, PrintStream out) {
        var question = quiz.questions().get(index);
        out.println();
        out.println(Ansi.AUTO.string("@|faint Question %d of %d|@"
                .formatted(index + 1, quiz.questions().size())));
        out.println(Prose.wrapped(question.ask(), ""));
        for (var i = 0; i < question.answers().size(); i++) {
            out.println("  " + letter(i) + "  "
                    + Prose.wrapped(question.answers().get(i).text(), "     "));
        }
    }

    /** @return how many answers it took, 0 when the input ended before a right one */
    private static int triesFor(Question question, BufferedReader in, PrintStream out) throws IOException {
        var last = letter(question.answers().size() - 1);
        for (var tries = 1; ; ) {
            out.print("Your answer, a to " + last + ": ");
            out.flush();
            var line = in.readLine();
            if (line == null) {
                return 0;
            }
            var word = line.strip().toLowerCase(Locale.ROOT);
            var picked = word.length() == 1 ? word.charAt(0) - 'a' : -1;
            if (picked < 0 || picked >= question.answers().size()) {
                out.println("That is none of them: type a letter from a to " + last
                        + ". Ctrl-D (on Windows Ctrl-Z and Enter) ends the quiz.");
                continue;
            }
            var answer = question.answers().get(picked);
            var verdict = answer.right() ? "Right." : "Not right.";
            var told = Prose.wrapped(verdict + " " + answer.feedback(), "");
            out.println(Ansi.AUTO.string("@|%s %s|@".formatted(answer.right() ? "green" : "red", verdict))
                    + told.substring(verdict.length()));
            if (answer.right()) {
                if (question.shownBy() != null) {
                    out.println("Shown by " + question.shownBy());
                }
                return tries;
            }
            tries++;
        }
    }

    private static char letter(int index) {
        return (char) ('a' + index);
    }
}
