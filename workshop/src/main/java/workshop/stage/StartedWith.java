package workshop.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a stage is started with in each test of a class and of the classes nested in it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StartedWith {
    /** Variables of its environment, such as {@code POOL_SIZE=2}, and options of its JVM, such as {@code -Xmx64m}. */
    String[] value();
}
