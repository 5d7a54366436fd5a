package io.storageconnections.bootstrap;

import io.storageconnections.adapter.http.ConsoleRoutes;
import io.storageconnections.adapter.http.RouteGroup;
import io.storageconnections.adapter.http.link.Links;

/** The console of a server, with what the page must know about the server. */
final class ServedConsole {

  private ServedConsole() {}

  static RouteGroup routes(SynchronizationServerBuilder builder, Links links) {
    var console =
        ConsoleRoutes.builder(links, BuildInfo.read().version())
            .scopes(builder.policy.allNames())
            .origins(builder.consoleOrigins);
    if (builder.hasDevelopmentIssuer()) {
      console.developmentIssuer();
    } else if (builder.issuer != null) {
      console.issuer(builder.issuer, builder.consoleClientId);
    }
    if (builder.platform != null) {
      console.platform(builder.platform.url().value());
    }
    return console.build();
  }
}
