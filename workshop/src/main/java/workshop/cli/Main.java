package workshop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import workshop.db.WorkshopException;
import workshop.stage.Repository;

/** The commands of run.sh. */
@Command(
        name = "./run.sh",
        header = "marketsvc, from blocking JDBC to an async ORM, a step at a time.",
        synopsisHeading = "%nUsage: ",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "A step is named by its number; without one, commands mean the step you are at.",
            "More of one command: ./run.sh help COMMAND"
        },
        subcommands = {
            RunCommand.class,
            Requests.Customers.class,
            Requests.CustomerOrders.class,
            Requests.OrderTotal.class,
            Requests.OrdersTotal.class,
            Requests.OrdersBetween.class,
            Requests.NewOrder.class,
            CheckCommand.class,
            HintCommand.class,
            SolveCommand.class,
            CompareCommand.class,
            LessonCommand.class,
            QuizCommand.class,
            FaultCommand.class,
            PoolCommand.class,
            SizesCommand.class,
            BenchCommand.class,
            ListCommand.class,
            StepCommand.class,
            ResetCommand.class,
            TestCommand.class,
            GateCommand.class,
            DoctorCommand.class,
            WarmCommand.class,
            DocsCommand.class,
            HelpCommand.class
        })
final class Main implements Runnable {
    /** What a shell says of a program that a Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Learn",
                    List.of("run", "check", "hint", "solve", "compare", "lesson", "quiz", "list", "step", "reset")),
            new Group(
                    "Ask the running service",
                    List.of("customers", "custorders", "ordertotal", "orderstotal", "ordersbet", "neworder")),
            new Group("Break it, watch it", List.of("fault", "pool", "sizes", "bench")),
            new Group("The workshop itself", List.of("docs", "doctor", "warm", "test", "gate", "help")));

    private record Group(String title, List<String> commands) {}

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        // Numbers go into JSON, URLs and SQL, whose digits are not those of every language.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        System.exit(commandLine().execute(args.length == 0 ? new String[] {"help"} : args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Main());
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Main::groups);
        var fault = commandLine.getSubcommands().get("fault").getCommandSpec();
        fault.usageMessage().footer(FaultCommand.footer());
        understandHelp(commandLine);
        commandLine.getSubcommands().values().forEach(Main::understandHelp);
        return commandLine
                .setExecutionExceptionHandler((failure, line, parsed) -> tell(failure, line.getErr()))
                .setParameterExceptionHandler((failure, args) -> tell(failure))
                .setUsageHelpAutoWidth(true);
    }

    /** Whoever is used to {@code --help} finds it; it is not listed, because {@code help COMMAND} is. */
    private static void understandHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .hidden(true)
                            .build());
        }
    }

    private static int tell(ParameterException failure) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        var isMain = command.getParent() == null;
        err.println(
                switch (failure) {
                    case UnmatchedArgumentException unmatched
                    when !unmatched.isUnknownOption() ->
                        (isMain ? "There is no command \"%s\"." : "\"%s\" is too much here.")
                                .formatted(unmatched.getUnmatched().getFirst());
                    case MissingParameterException missing
                    when !missing.getMissing().getFirst().isOption() ->
                        "Say which: ./run.sh %s %s"
                                .formatted(
                                        command.getCommandName(),
                                        missing.getMissing().getFirst().paramLabel());
                    // picocli says the word twice of an option that takes KEY=VALUE.
                    default -> failure.getMessage().replace("option option", "option");
                });
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See: ./run.sh help" + (isMain ? "" : " " + command.getCommandName()));
        return CommandLine.ExitCode.USAGE;
    }

    /** @return whether a Ctrl-C, or a signal like it, is ending this JVM */
    static boolean isStopping() {
        var hook = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException stopping) {
            return true;
        }
    }

    private static String groups(Help help) {
        var text = new StringBuilder();
        for (var group : GROUPS) {
            text.append(help.colorScheme().ansi().string("%n@|bold %s|@%n".formatted(group.title())));
            for (var name : group.commands()) {
                // picocli's own text for "help" is a paragraph.
                var description = name.equals("help")
                        ? "Show this, or more of one command."
                        : help.subcommands()
                                .get(name)
                                .commandSpec()
                                .usageMessage()
                                .description()[0];
                text.append("  %-12s %s%n".formatted(name, description));
            }
        }
        return text.toString();
    }

    private static int tell(Exception failure, PrintWriter err) {
        if (isStopping()) {
            return INTERRUPTED; // what fails now fails because of the Ctrl-C
        }
        var obstacle = obstacle(failure);
        if (obstacle.isPresent()) {
            err.println(obstacle.get());
            return CommandLine.ExitCode.USAGE;
        }
        err.println(crash(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** @return what to tell a person of a failure of the workshop's own, whose trace is in a file then */
    static String crash(Exception failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            var file = Files.writeString(Repository.state().resolve("crash.log"), trace.toString());
            return "The workshop itself failed: " + failure + "\nPlease report it with the file " + file + ".";
        } catch (IOException | WorkshopException e) {
            return trace.toString();
        }
    }

    /** @return what to tell a person, who can do something about the failure; empty for one of the workshop's own */
    static Optional<String> obstacle(Throwable failure) {
        var told = WorkshopException.in(failure);
        if (told.isPresent()) {
            return told.map(Throwable::getMessage);
        }
        return switch (failure) {
            // Often no more than a path: the class says what is wrong with it.
            case IOException e ->
                Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage()
                        + (isOfTheDisk(e)
                                ? "\nIs the disk full, the folder not yours, or the file open elsewhere? ./run.sh doctor looks."
                                : ""));
            case UncheckedIOException e -> obstacle(e.getCause());
            case CompletionException e when e.getCause() != null -> obstacle(e.getCause());
            default -> Optional.empty();
        };
    }

    private static boolean isOfTheDisk(IOException failure) {
        return !(failure instanceof SocketException
                || failure instanceof HttpTimeoutException
                || failure instanceof CharacterCodingException);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
