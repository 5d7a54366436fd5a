package io.storageconnections.application.contract;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The validator that a server would choose. Whoever uses it brings Hibernate Validator. */
public final class TestValidator {

  /** Thread-safe. */
  public static final Validator VALIDATOR =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  private TestValidator() {}
}
