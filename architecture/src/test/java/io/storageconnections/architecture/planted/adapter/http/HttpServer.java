package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.adapter.http.pipeline.RequestPipeline;
import io.storageconnections.architecture.planted.application.UseCases;
import io.storageconnections.architecture.planted.application.connection.CreateStorageConnection;
import io.storageconnections.architecture.planted.application.outcome.Failure;
import io.storageconnections.architecture.planted.application.outcome.Violation;

/** Breaks no rule; uses everything that the HTTP adapter may use. */
public final class HttpServer {

  Violation start(
      RequestPipeline pipeline,
      UseCases useCases,
      CreateStorageConnection useCase,
      Failure failure) {
    return failure.violation();
  }
}
