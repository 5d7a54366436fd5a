package io.storageconnections.architecture.planted.host.tokens;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.validation.Requests;

interface KnowingTheUseCases {

  UseCases useCases();

  Requests requests();
}
