package io.storageconnections.architecture.planted.adapter.metrics;

import io.storageconnections.architecture.planted.application.validation.RequestValidator;

final class ValidatingRequests {

  RequestValidator validator() {
    return new RequestValidator();
  }
}
