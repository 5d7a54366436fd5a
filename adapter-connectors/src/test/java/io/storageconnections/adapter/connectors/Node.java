package io.storageconnections.adapter.connectors;

import io.storageconnections.application.contract.AttemptFixtures;
import io.storageconnections.application.contract.RecordingControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node that attempts a file with a connector, to be killed or stopped by a test. */
final class Node {

  private Node() {}

  /** Takes the program of the connector, the work folder, and the lease. */
  public static void main(String[] arguments) throws InterruptedException {
    var outcome =
        CommandConnector.builder(List.of(arguments[0]), Path.of(arguments[1]))
            .lease(Duration.parse(arguments[2]))
            .grace(Duration.ofMillis(500))
            .build()
            .attempt(AttemptFixtures.attempt().build(), new RecordingControl());
    throw new IllegalStateException("the attempt ended: " + outcome);
  }
}
