package io.storageconnections.architecture.planted.application.validation;

import io.storageconnections.architecture.planted.application.port.OneOfACycle;

public interface OtherOfACycle {

  OneOfACycle one();
}
