package io.storageconnections.benchmarks;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.StorageFileId;
import org.openjdk.jmh.annotations.Benchmark;

/** Measures parsing and formatting of ids. */
public class IdBenchmark extends Measured {

  // Not final, because the JIT compiler could compute the results for constants in advance.
  private String connectionText = "HVO9fWdpskeJRacipDetepvZDZMN4YtHnMxUKkogt0k";
  private String fileText = "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA";
  private ConnectionId connection = ConnectionId.parse(connectionText);
  private StorageFileId file = StorageFileId.parse(fileText);

  @Benchmark
  public ConnectionId parseConnectionId() {
    return ConnectionId.parse(connectionText);
  }

  @Benchmark
  public String writeConnectionId() {
    return connection.toString();
  }

  @Benchmark
  public StorageFileId parseStorageFileId() {
    return StorageFileId.parse(fileText);
  }

  @Benchmark
  public String writeStorageFileId() {
    return file.toString();
  }
}
