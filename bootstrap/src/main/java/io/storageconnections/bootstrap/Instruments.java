package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.port.RateLimitObserver;
import io.storageconnections.adapter.http.port.RequestObserver;
import io.storageconnections.adapter.http.port.TokenVerifier;
import io.storageconnections.adapter.metrics.ServerMetrics;
import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.Connectors;
import io.storageconnections.domain.run.Run;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The places at which a server measures what it does. Only this class knows the module {@code
 * adapter-metrics} and the modules that it measures; neither knows the other.
 *
 * @param verifier is applied to the token verifier
 * @param pool is applied to each connection pool that the server opens
 * @param connectors is applied to the connectors
 * @param useCases is applied to the use cases that requests call
 * @param rateLimit is told of each request that the rate limit counts
 * @param requests are told of each answered request
 * @param runCompleted is told of each run that the workers complete
 * @param leaseLost is called when a worker has lost its run
 */
record Instruments(
    UnaryOperator<TokenVerifier> verifier,
    Consumer<Database> pool,
    UnaryOperator<Connectors> connectors,
    UnaryOperator<UseCases> useCases,
    RateLimitObserver rateLimit,
    List<RequestObserver> requests,
    Consumer<Run> runCompleted,
    Runnable leaseLost) {

  /** Measures nothing. */
  static final Instruments NONE =
      new Instruments(
          verifier -> verifier,
          pool -> {},
          connectors -> connectors,
          useCases -> useCases,
          isAdmitted -> {},
          List.of(),
          run -> {},
          () -> {});

  static Instruments of(ServerMetrics metrics) {
    return new Instruments(
        verifier -> metrics.timingVerifications(verifier::verify)::apply,
        pool -> pool.recordMetrics(metrics.registry()),
        metrics::timingAttempts,
        metrics::counting,
        metrics::requestCounted,
        List.of(request ->
            metrics.requestAnswered(
                request.method(), request.route(), request.status(), request.duration())),
        run -> metrics.runCompleted(run.result()),
        metrics::leaseLost);
  }
}
