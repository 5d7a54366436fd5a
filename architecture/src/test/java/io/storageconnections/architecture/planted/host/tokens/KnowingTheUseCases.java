package io.storageconnections.architecture.planted.host.tokens;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.validation.RequestValidator;

interface KnowingTheUseCases {

  UseCases useCases();

  RequestValidator requests();
}
