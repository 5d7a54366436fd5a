package com.example.modules;

import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.outcome.Failure.FilesAlreadyMapped;
import io.storageconnections.application.outcome.Failure.Invalid;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** Creates a valid connection and an invalid one, and prints both outcomes. */
public final class ModularHost {

  private static final String IMODEL = "7dbd531d-6967-47b2-8945-a722a437ad7a";
  private static final String FILE = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";

  private ModularHost() {}

  /** Runs the example. */
  public static void main(String[] arguments) {
    System.out.println(create("MSTN"));
    System.out.println(create("DGN"));
  }

  static String create(String connectorType) {
    var dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:" + connectorType + ";DB_CLOSE_DELAY=-1");
    var files = List.of(new SourceFileRequest(FILE, connectorType));
    try (var service = StorageConnectionsService.on(dataSource)) {
      var request = new ConnectionRequest(null, IMODEL, null, files);
      return switch (service
          .useCases()
          .createStorageConnection()
          .create(Caller.ofClient("host"), request)) {
        case Success(var created) -> "created in " + created.connection().iModel();
        case Failed(FilesAlreadyMapped(var conflicts)) -> "already mapped: " + conflicts;
        case Failed(Invalid(var violations)) -> "invalid: " + violations.get(0).path();
        case Failed(var failure) -> "not created: " + failure;
      };
    }
  }
}
