package io.storageconnections.application.validation;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls {@code parse} of the type that {@link ParsableAs} names. Public only because the validation
 * provider creates it.
 */
public final class ParsableAsValidator implements ConstraintValidator<ParsableAs, String> {

  private @Nullable Method parse;

  /** Creates a validator, which the provider {@linkplain #initialize initializes}. */
  public ParsableAsValidator() {}

  @Override
  public void initialize(ParsableAs constraint) {
    try {
      parse = constraint.value().getMethod("parse", String.class);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(constraint.value() + " has no parse(String)", e);
    }
  }

  @Override
  public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
    return text == null || parses(text);
  }

  private boolean parses(String text) {
    if (parse == null) {
      throw new IllegalStateException("not initialized");
    }
    try {
      parse.invoke(null, text);
      return true;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return false;
      }
      throw new IllegalStateException(parse + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(parse + " is not public", e);
    }
  }
}
