package io.storageconnections.architecture.planted.application.outcome;

import io.storageconnections.architecture.planted.application.validation.OtherOfACycle;

public interface OneOfACycle {

  OtherOfACycle other();
}
