package io.storageconnections.architecture.planted.platform;

import io.storageconnections.architecture.planted.adapter.http.pipeline.RequestPipeline;

/** Breaks no rule; uses what all routes have in common. */
public final class LocalPlatform {

  void mount(RequestPipeline pipeline) {}
}
