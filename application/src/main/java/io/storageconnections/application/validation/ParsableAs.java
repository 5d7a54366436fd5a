package io.storageconnections.application.validation;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Requires that the static method {@code parse(String)} of the named type accepts the text. The
 * method refuses a text with an {@link IllegalArgumentException}. So the type itself is the only
 * place that defines its text form. Null is valid; use {@code @NotNull} for a required member.
 */
@Documented
@Constraint(validatedBy = ParsableAsValidator.class)
@Target(FIELD)
@Retention(RUNTIME)
public @interface ParsableAs {

  /** {@return the type, with a public static method {@code parse} that takes a String} */
  Class<?> value();

  /**
   * {@return the message of a violation; Bean Validation requires it, and this project does not use
   * it}
   */
  String message() default "is not valid";

  /** {@return the groups of the constraint, none by default; Bean Validation requires it} */
  Class<?>[] groups() default {};

  /** {@return the payload of a violation, none by default; Bean Validation requires it} */
  Class<? extends Payload>[] payload() default {};
}
