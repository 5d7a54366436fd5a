/** Storage connections, connector types and the rule that a file is mapped to an iModel once. */
module io.storageconnections.domain {
  requires static transitive org.jspecify;

  exports io.storageconnections.domain.connection;
  exports io.storageconnections.domain.run;
}
