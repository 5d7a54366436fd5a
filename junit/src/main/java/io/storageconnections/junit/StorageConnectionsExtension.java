package io.storageconnections.junit;

import io.storageconnections.bootstrap.SynchronizationServer;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Implements {@link StorageConnections}. The server starts when a first parameter needs it. */
final class StorageConnectionsExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(StorageConnectionsExtension.class);

  private static final Map<Class<?>, Function<SynchronizationServer, Object>> VALUES_BY_TYPE =
      Map.of(
          SynchronizationServer.class,
          server -> server,
          URI.class,
          SynchronizationServer::url,
          TokenMint.class,
          server -> (TokenMint) client -> server.developmentToken(client).value());

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return VALUES_BY_TYPE.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var value = VALUES_BY_TYPE.get(parameter.getParameter().getType());
    return Objects.requireNonNull(value).apply(server(context));
  }

  /** The store of the outermost class keeps the server, and closes it after that class. */
  private static SynchronizationServer server(ExtensionContext context) {
    return outermostClass(context)
        .getStore(NAMESPACE)
        .computeIfAbsent(
            SynchronizationServer.class,
            absent -> SynchronizationServer.builder().start(),
            SynchronizationServer.class);
  }

  private static ExtensionContext outermostClass(ExtensionContext context) {
    var outermost = context;
    for (var at = context; at.getTestClass().isPresent(); at = at.getParent().orElseThrow()) {
      outermost = at;
    }
    return outermost;
  }
}
