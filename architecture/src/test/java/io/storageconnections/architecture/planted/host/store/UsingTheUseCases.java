package io.storageconnections.architecture.planted.host.store;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.validation.RequestValidator;

interface UsingTheUseCases {

  UseCases useCases();

  RequestValidator validator();
}
