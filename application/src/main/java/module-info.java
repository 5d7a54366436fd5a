/** The use cases, and the ports they call. */
module io.storageconnections.application {
  requires transitive io.storageconnections.domain;
  requires transitive jakarta.validation;
  requires static transitive org.jspecify;

  exports io.storageconnections.application;
  exports io.storageconnections.application.audit;
  exports io.storageconnections.application.authorization;
  exports io.storageconnections.application.connection;
  exports io.storageconnections.application.connectortype;
  exports io.storageconnections.application.outcome;
  exports io.storageconnections.application.port;
  exports io.storageconnections.application.readiness;
  exports io.storageconnections.application.run;
  exports io.storageconnections.application.sourcefile;
  exports io.storageconnections.application.validation;

  // The validation provider reads the members of the requests by reflection.
  opens io.storageconnections.application.audit;
  opens io.storageconnections.application.authorization;
  opens io.storageconnections.application.connection;
  opens io.storageconnections.application.run;
  opens io.storageconnections.application.sourcefile;
}
