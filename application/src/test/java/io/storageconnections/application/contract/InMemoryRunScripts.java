package io.storageconnections.application.contract;

import io.storageconnections.application.port.RunScripts;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.domain.run.Script;
import io.storageconnections.domain.run.Script.Fail;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scripts in memory. Thread-safe. The protected methods make the decisions, so that a test can
 * override one of them.
 */
public class InMemoryRunScripts implements RunScripts {

  private final Map<Object, Script> scripts = new HashMap<>();

  @Override
  public synchronized void setForFile(StorageFileId file, Script script) {
    scripts.put(file, script);
  }

  @Override
  public synchronized void setForConnectorType(ConnectorType type, Script script) {
    scripts.put(type, script);
  }

  @Override
  public synchronized void clear() {
    scripts.clear();
  }

  @Override
  public synchronized Optional<Script> next(StorageFileId file, ConnectorType type) {
    var name = selected(file, type);
    @Nullable Script script = scripts.get(name);
    if (script instanceof Fail fail) {
      scripts.put(name, afterOne(fail));
    }
    return Optional.ofNullable(script);
  }

  /** Returns whether there is a script for a file or a type. */
  protected final boolean has(Object name) {
    return scripts.containsKey(name);
  }

  /** Returns the file or its type: that whose script applies. */
  protected Object selected(StorageFileId file, ConnectorType type) {
    return has(file) ? file : type;
  }

  /** Returns what remains of a script after one attempt. */
  protected Script afterOne(Fail script) {
    return script.afterOne();
  }
}
