package io.storageconnections.architecture.planted.application.port;

import io.storageconnections.architecture.planted.application.validation.OtherOfACycle;

public interface OneOfACycle {

  OtherOfACycle other();
}
