package io.storageconnections.benchmarks;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.RequestValidator;
import jakarta.validation.Validation;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.openjdk.jmh.annotations.Benchmark;

/** Judging the documented request, and one in which every member is wrong. */
public class ValidationBenchmark extends Measured {

  private final RequestValidator requests =
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
  private ConnectionRequest wrong = request("7dbd531d", "Robot", "t5bDFuN4", "PAPER");

  private static ConnectionRequest request(
      String iModel, String authentication, String file, String connector) {
    return new ConnectionRequest(
        "30", iModel, authentication, List.of(new SourceFileRequest(file, connector)));
  }

  @Benchmark
  public List<Violation> judgeDocumented() {
    return requests.violations(documented);
  }

  @Benchmark
  public List<Violation> judgeWrong() {
    return requests.violations(wrong);
  }
}
