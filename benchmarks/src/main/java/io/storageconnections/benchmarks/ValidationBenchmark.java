package io.storageconnections.benchmarks;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.RequestValidator;
import jakarta.validation.Validation;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Measures validation of the documented request, and of one in which almost every member is
 * invalid.
 */
public class ValidationBenchmark extends Measured {

  private final RequestValidator validator =
      new RequestValidator(
          Validation.byDefaultProvider()
              .configure()
              .messageInterpolator(new ParameterMessageInterpolator())
              .buildValidatorFactory()
              .getValidator());

  private ConnectionRequest documented =
      request(
          "7dbd531d-6967-47b2-8945-a722a437ad7a",
          "User",
          "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA",
          "MSTN");
  private ConnectionRequest invalid = request("7dbd531d", "Robot", "t5bDFuN4", "PAPER");

  private static ConnectionRequest request(
      String iModel, String authentication, String file, String connector) {
    return new ConnectionRequest(
        "30", iModel, authentication, List.of(new SourceFileRequest(file, connector)));
  }

  @Benchmark
  public List<Violation> validateDocumented() {
    return validator.violations(documented);
  }

  @Benchmark
  public List<Violation> validateInvalid() {
    return validator.violations(invalid);
  }
}
