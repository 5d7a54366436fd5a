package io.storageconnections.architecture.planted.application.validation;

import io.storageconnections.architecture.planted.application.outcome.OneOfACycle;

public interface OtherOfACycle {

  OneOfACycle one();
}
