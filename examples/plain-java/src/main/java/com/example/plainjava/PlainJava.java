package com.example.plainjava;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.ListStorageConnections.Query;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;

/** Maps a file to an iModel, and then the same file a second time, which is refused. */
public final class PlainJava {

  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private static final Caller CALLER = Caller.ofClient("plain-java");

  private final UseCases useCases;

  PlainJava(UseCases useCases) {
    this.useCases = useCases;
  }

  /** Runs the example on a database in memory. */
  public static void main(String[] arguments) {
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl("jdbc:h2:mem:plain-java");
      try (var service = StorageConnectionsService.on(pool)) {
        var example = new PlainJava(service.useCases());
        System.out.println(example.create("Bridge", "MSTN"));
        System.out.println(example.create("Tunnel", "MSTN"));
        System.out.println(example.create("Tunnel", "PAPER"));
        System.out.println(example.list());
      }
    }
  }

  String create(String name, String connectorType) {
    var files = List.of(new SourceFileRequest(FILE, connectorType));
    var request = new ConnectionRequest(name, IMODEL, null, files);
    return switch (useCases.createStorageConnection().create(CALLER, request)) {
      case Success(var created) -> "created " + created.connection().displayName();
      case Failed(FilesAlreadyMapped(var conflicts)) -> "already mapped: " + conflicts;
      case Failed(Invalid(var violations)) -> "invalid: " + violations.getFirst().path();
      case Failed(var failure) -> "not created: " + failure;
    };
  }

  String list() {
    var query = new Query(IMODEL, null, null, null, null, null);
    return switch (useCases.listStorageConnections().list(CALLER, query)) {
      case Success(var listed) ->
          "connections: "
              + listed.page().items().stream().map(connection -> connection.displayName()).toList();
      case Failed(var failure) -> "not listed: " + failure;
    };
  }
}
