package workshop.stage;

import java.nio.file.Path;

/** A step of the workshop: a folder with the twins {@code exercise} and {@code solved}. */
public record Step(Path folder) {
    /** @return {@code step-1-jdbc} */
    public String name() {
        return folder.getFileName().toString();
    }

    public int number() {
        return Integer.parseInt(name().split("-")[1]);
    }

    /** @return {@code jdbc} */
    public String topic() {
        return name().split("-", 3)[2];
    }

    public Stage exercise() {
        return Stage.module(folder.resolve("exercise"));
    }

    public Stage solved() {
        return Stage.module(folder.resolve("solved"));
    }

    boolean isNamed(String wanted) {
        return wanted.equals(Integer.toString(number()))
                || wanted.equals("step-" + number())
                || wanted.equals(name())
                || wanted.equals(topic());
    }
}
