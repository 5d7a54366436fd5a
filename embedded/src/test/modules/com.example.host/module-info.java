/** A host that is a module, and so sees of us what a module sees. */
@SuppressWarnings("requires-automatic")
module com.example.host {
  requires com.h2database;
  requires io.storageconnections.application;
  requires io.storageconnections.embedded;
  requires java.naming;
  requires java.sql;
}
