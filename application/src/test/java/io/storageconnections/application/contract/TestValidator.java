package io.storageconnections.application.contract;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * A validator configured as in a server. Needs Hibernate Validator, which a test jar does not bring
 * along.
 */
public final class TestValidator {

  /** The validator. Thread-safe. */
  public static final Validator VALIDATOR =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  private TestValidator() {}
}
