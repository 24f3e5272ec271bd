package workshop.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a stage finds in its environment in each test of a class and of the classes nested in it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StartedWith {
    /** Such as {@code POOL_SIZE=2}. */
    String[] value();
}
