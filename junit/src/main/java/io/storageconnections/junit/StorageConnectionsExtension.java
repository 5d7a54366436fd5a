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

/** What {@link StorageConnections} promises. A server starts when the first test asks for it. */
final class StorageConnectionsExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(StorageConnectionsExtension.class);

  private static final Map<Class<?>, Function<SynchronizationServer, Object>> INJECTED =
      Map.of(
          SynchronizationServer.class,
          server -> server,
          URI.class,
          SynchronizationServer::url,
          TokenMint.class,
          server -> (TokenMint) client -> server.developmentToken(client).value());

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return INJECTED.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var injected = INJECTED.get(parameter.getParameter().getType());
    return Objects.requireNonNull(injected).apply(server(context));
  }

  /** The store of the outermost class that is annotated closes it after that class. */
  private static SynchronizationServer server(ExtensionContext context) {
    return owner(context)
        .getStore(NAMESPACE)
        .computeIfAbsent(
            SynchronizationServer.class,
            absent -> SynchronizationServer.builder().start(),
            SynchronizationServer.class);
  }

  private static ExtensionContext owner(ExtensionContext context) {
    var owner = context;
    for (var at = context; at.getTestClass().isPresent(); at = at.getParent().orElseThrow()) {
      owner = at;
    }
    return owner;
  }
}
