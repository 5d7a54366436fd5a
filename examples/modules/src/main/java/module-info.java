/** A host that is a module of the Java platform. */
@SuppressWarnings("requires-automatic")
module com.example.modules {
  requires com.h2database;
  requires io.storageconnections.application;
  requires io.storageconnections.embedded;
  requires java.naming;
  requires java.sql;
}
