package workshop.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which contract tests a starter's flaw breaks: until the exercise is solved they count as open, not as failed. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(OpenExercise.All.class)
public @interface OpenExercise {
    /** The exercise's number: {@code 1.3}. */
    String number();

    /** The names of the contract's test methods. */
    String[] breaks();

    /** Holds several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        OpenExercise[] value();
    }
}
