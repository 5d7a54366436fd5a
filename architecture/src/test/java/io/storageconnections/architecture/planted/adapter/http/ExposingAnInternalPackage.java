package io.storageconnections.architecture.planted.adapter.http;

import io.storageconnections.architecture.planted.adapter.http.pipeline.PipelineException;
import io.storageconnections.architecture.planted.adapter.http.pipeline.RequestPipeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

public final class ExposingAnInternalPackage {

  public final Optional<RequestPipeline> field = Optional.empty();

  public List<? extends RequestPipeline> result() {
    return List.of();
  }

  public void parameter(RequestPipeline[] pipelines) {}

  public void exception() throws PipelineException {
    throw new PipelineException();
  }

  public interface Supertype extends RequestPipeline {}

  public interface SupertypeArgument extends Supplier<RequestPipeline> {}
}
