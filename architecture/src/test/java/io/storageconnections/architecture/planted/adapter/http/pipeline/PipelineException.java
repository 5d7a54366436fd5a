package io.storageconnections.architecture.planted.adapter.http.pipeline;

/** Breaks no rule; the package is internal. */
public final class PipelineException extends Exception {

  private static final long serialVersionUID = 1L;
}
