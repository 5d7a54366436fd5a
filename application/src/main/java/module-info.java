/** The use cases, the ports they are called through and the ports they call. */
module io.storageconnections.application {
  requires transitive io.storageconnections.domain;
  requires transitive jakarta.validation;
  requires static transitive org.jspecify;

  exports io.storageconnections.application;
  exports io.storageconnections.application.port;
  exports io.storageconnections.application.port.in;
  exports io.storageconnections.application.port.out;
  exports io.storageconnections.application.validation;

  // Whichever validator it is reads the members of the requests.
  opens io.storageconnections.application.port.in;
}
