package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.application.validation.Requests;

final class JudgingRequests {

  Requests requests() {
    return new Requests();
  }
}
