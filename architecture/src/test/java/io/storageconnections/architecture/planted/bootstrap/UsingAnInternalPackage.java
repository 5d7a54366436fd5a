package io.storageconnections.architecture.planted.bootstrap;

import io.storageconnections.architecture.planted.adapter.http.pipeline.RequestPipeline;

interface UsingAnInternalPackage {

  RequestPipeline pipeline();
}
