package workshop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import workshop.stage.Quiz;
import workshop.stage.Quiz.Answer;
import workshop.stage.Quiz.Question;

/** What a learner is told who answers well, badly, oddly or not at all. */
class QuizCommandTest {
    private static final Quiz QUIZ = new Quiz(List.of(
            new Question(
                    "1.q1",
                    "why",
                    "Why close?",
                    List.of(
                            new Answer("Because.", null, "That is no reason."),
                            new Answer("So that it ends.", true, "It does.")),
                    null),
            new Question(
                    "1.q2",
                    "predict",
                    "How many?",
                    List.of(new Answer("Four", true, "One each."), new Answer("One", null, "Not with autocommit.")),
                    "LessonTest#four")));

    private static String screenAfter(String typed) throws IOException {
        var printed = new ByteArrayOutputStream();
        QuizCommand.ask(
                QUIZ,
                new BufferedReader(new StringReader(typed)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyAnswerIsAnsweredAndTheFirstTriesAreCounted() throws IOException {
        assertThat(screenAfter("a\nb\nA\n"))
                .containsSubsequence(
                        "Why close?",
                        "a  Because.",
                        "b  So that it ends.",
                        "Not right. That is no reason.",
                        "Right. It does.",
                        "How many?",
                        "Right. One each.",
                        "Shown by LessonTest#four",
                        "1 of 2 right at the first try.");
    }

    @Test
    void whatIsNoAnswerIsAskedAgainAndCostsNothing() throws IOException {
        assertThat(screenAfter("\nc\nb)\nyes\nb\na\n"))
                .contains("type a letter from a to b")
                .doesNotContain("Not right.")
                .contains("2 of 2 right at the first try.");
    }

    @Test
    void whoStopsIsToldHowFarItWent() throws IOException {
        assertThat(screenAfter("")).contains("stopped at question 1 of 2: 0 right");
        assertThat(screenAfter("b\nb\n")).contains("stopped at question 2 of 2: 1 right");
    }

    @Test
    void withoutATerminalTheQuestionsArePrinted() {
        var printed = new ByteArrayOutputStream();
        QuizCommand.print(QUIZ, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsSubsequence("Question 1 of 2", "Why close?", "Question 2 of 2", "How many?", "a  Four")
                .doesNotContain("That is no reason", "Your answer");
    }
}
