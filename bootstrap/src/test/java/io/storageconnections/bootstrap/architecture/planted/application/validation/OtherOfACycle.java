package io.storageconnections.bootstrap.architecture.planted.application.validation;

import io.storageconnections.bootstrap.architecture.planted.application.port.OneOfACycle;

public interface OtherOfACycle {

  OneOfACycle one();
}
