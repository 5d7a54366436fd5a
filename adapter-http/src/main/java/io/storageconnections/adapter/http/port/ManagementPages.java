package io.storageconnections.adapter.http.port;

import java.util.List;

/**
 * What a server tells its operator on the management listener. Thread-safe. No method waits for
 * more than a few seconds.
 */
public interface ManagementPages {

  /**
   * Checks the parts of the server now.
   *
   * @return each part, in an order that does not change
   */
  List<ComponentHealth> health();

  /** {@return the metrics of the server, in the text format of Prometheus, version 0.0.4} */
  String metrics();

  /** {@return what the server is} */
  ServerInfo info();
}
