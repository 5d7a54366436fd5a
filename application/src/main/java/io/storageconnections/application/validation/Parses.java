package io.storageconnections.application.validation;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The text must be one that {@code T.parse(String)} of the named type accepts; what it does not, it
 * refuses with an {@link IllegalArgumentException}. So what a value must look like is said once, in
 * the type itself. Null is valid; whether a member may be absent is another question.
 */
@Documented
@Constraint(validatedBy = ParsesValidator.class)
@Target(FIELD)
@Retention(RUNTIME)
public @interface Parses {

  /** {@return the type, with a public static method {@code parse} that takes a String} */
  Class<?> value();

  /** {@return the message of a violation, which nobody here reads; every constraint has one} */
  String message() default "is not valid";

  /** {@return the groups it is in, none if not said; every constraint has this} */
  Class<?>[] groups() default {};

  /** {@return what its violations carry, nothing if not said; every constraint has this} */
  Class<? extends Payload>[] payload() default {};
}
