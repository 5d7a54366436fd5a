package io.storageconnections.architecture.planted.adapter.http.pipeline;

/** Breaks no rule; the package is internal. */
public interface RequestPipeline {}
