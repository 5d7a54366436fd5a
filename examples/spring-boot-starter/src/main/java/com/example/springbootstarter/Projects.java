package com.example.springbootstarter;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.OperationFailedException.FilesAlreadyMappedException;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The projects of the application. The starter supplies the use cases. */
@Service
class Projects {

  private static final Caller CALLER = Caller.ofClient("projects");

  private final UseCases useCases;
  private final ProjectRepository repository;

  Projects(UseCases useCases, ProjectRepository repository) {
    this.useCases = useCases;
    this.repository = repository;
  }

  /**
   * Adds a project and the connection of its first drawing, in one transaction.
   *
   * @throws FilesAlreadyMappedException if another connection has the drawing; the project is then
   *     not added either
   */
  @Transactional
  public StorageConnection add(String name, IModelId iModel, StorageFileId drawing) {
    repository.saveAndFlush(new Project(name, iModel.value()));
    var request =
        ConnectionRequest.of(iModel, List.of(SourceFileRequest.of(drawing, ConnectorType.MSTN)))
            .withDisplayName(new DisplayName(name));
    return useCases.createStorageConnection().create(CALLER, request).orElseThrow().connection();
  }

  /** Returns the names of all projects. */
  public List<String> names() {
    return repository.findAll().stream().map(Project::name).toList();
  }

  /** Returns the connections of an iModel, the oldest first. */
  public Stream<StorageConnection> connections(IModelId iModel) {
    return useCases.listStorageConnections().stream(CALLER, ConnectionFilter.of(iModel));
  }
}
