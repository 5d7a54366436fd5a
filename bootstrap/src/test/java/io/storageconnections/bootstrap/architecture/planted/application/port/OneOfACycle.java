package io.storageconnections.bootstrap.architecture.planted.application.port;

import io.storageconnections.bootstrap.architecture.planted.application.validation.OtherOfACycle;

public interface OneOfACycle {

  OtherOfACycle other();
}
