/**
 * Storage connections, the rule that a file is mapped to an iModel once, and the state machine of
 * runs.
 */
module io.storageconnections.domain {
  requires static transitive org.jspecify;

  exports io.storageconnections.domain.audit;
  exports io.storageconnections.domain.connection;
  exports io.storageconnections.domain.run;
}
