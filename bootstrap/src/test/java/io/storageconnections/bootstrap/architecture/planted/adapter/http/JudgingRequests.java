package io.storageconnections.bootstrap.architecture.planted.adapter.http;

import io.storageconnections.bootstrap.architecture.planted.application.validation.Requests;

final class JudgingRequests {

  Requests requests() {
    return new Requests();
  }
}
