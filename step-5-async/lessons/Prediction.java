import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/** A question that is asked before a lesson runs, and answered by what happens. */
class Prediction {
    /** @param why what is wrong about it, or else why it is so */
    private record Choice(String outcome, List<String> why) {}

    private final List<String> question = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private int predicted = -1;

    /** @param text a story and the question, its last line; then "- an outcome" for each choice, and what to say to it */
    static Prediction of(String text) {
        var prediction = new Prediction();
        for (var line : text.lines().toList()) {
            if (line.startsWith("- ")) {
                prediction.choices.add(new Choice(line.substring(2), new ArrayList<>()));
            } else if (prediction.choices.isEmpty()) {
                prediction.question.add(line);
            } else {
                prediction.choices.getLast().why().add(line.strip());
            }
        }
        return prediction;
    }

    /** Prints the question, and waits for a key and Enter when somebody sits there. */
    Prediction ask() {
        Screen.fill(question.subList(0, question.size() - 1));
        Screen.print("");
        Screen.print(Screen.bold(question.getLast()));
        Screen.print("");
        for (var i = 0; i < choices.size(); i++) {
            Screen.print("  " + Screen.bold(key(i)) + "  " + choices.get(i).outcome());
        }
        Screen.print("");
        if (Screen.INTERACTIVE) {
            predicted = answer(new Scanner(System.in));
            Screen.print("");
        }
        return this;
    }

    private int answer(Scanner keyboard) {
        while (true) {
            System.out.print("What do you predict? a to " + key(choices.size() - 1) + ", Enter alone skips: ");
            System.out.flush();
            var answer = keyboard.hasNextLine() ? keyboard.nextLine().strip().toLowerCase(Locale.ROOT) : "";
            for (var i = 0; i < choices.size(); i++) {
                if (answer.equals(key(i))) {
                    return i;
                }
            }
            if (answer.isEmpty()) {
                return -1;
            }
        }
    }

    /** Tells whether the prediction was right, and why. @param outcome what happened, in the words of one of the choices */
    void compareWith(String outcome) {
        var right = choices.stream().map(Choice::outcome).toList().indexOf(outcome);
        if (right < 0) {
            Screen.print(Screen.bold("It was none of these: " + outcome + "."));
            return;
        }
        var answer = key(right) + ": " + outcome;
        if (predicted == right) {
            Screen.print(Screen.good("✓ " + answer + ", as you predicted."));
        } else if (predicted < 0) {
            Screen.print(Screen.bold("It was " + answer + "."));
        } else {
            var wrong = choices.get(predicted);
            Screen.print(Screen.bad("✗ You predicted " + key(predicted) + ": " + wrong.outcome() + "."));
            Screen.fill(wrong.why());
            Screen.print("");
            Screen.print(Screen.bold("It was " + answer + "."));
        }
        Screen.fill(choices.get(right).why());
    }

    private static String key(int choice) {
        return Character.toString('a' + choice);
    }
}
