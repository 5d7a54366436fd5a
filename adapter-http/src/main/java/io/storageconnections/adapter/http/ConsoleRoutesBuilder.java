package io.storageconnections.adapter.http;

import io.storageconnections.adapter.http.console.ConsoleConfiguration;
import io.storageconnections.adapter.http.console.ConsoleEndpoints;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.application.port.Verification;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configures and builds the {@linkplain ConsoleRoutes routes of the console}. If a method is called
 * twice, the last call counts. Not thread-safe.
 */
public final class ConsoleRoutesBuilder {

  /** A scope (RFC 6749, section 3.3). The name of a role may have other characters. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  private final Links links;
  private final String version;
  private boolean developmentIssuer;
  private @Nullable URI issuer;
  private @Nullable String clientId;
  private @Nullable URI platform;
  private Set<String> scopes = Set.of();
  private List<ConsoleOrigin> origins = List.of();

  ConsoleRoutesBuilder(Links links, String version) {
    this.links = links;
    this.version = version;
  }

  /**
   * Lets users sign in at the development issuer of the server. Replaces {@link #issuer}.
   *
   * @return this builder
   */
  public ConsoleRoutesBuilder developmentIssuer() {
    developmentIssuer = true;
    issuer = null;
    clientId = null;
    return this;
  }

  /**
   * Sets the OpenID Connect issuer whose tokens the server accepts. Replaces {@link
   * #developmentIssuer}.
   *
   * @param url the URL of the issuer, http or https
   * @param client the id of the console's client at the issuer, with which users sign in by
   *     Authorization Code and PKCE; null if none is registered, so that users paste a token
   * @return this builder
   */
  public ConsoleRoutesBuilder issuer(URI url, @Nullable String client) {
    issuer = Objects.requireNonNull(url, "url");
    clientId = client;
    developmentIssuer = false;
    return this;
  }

  /**
   * Sets the scopes that the console asks for in addition to those of every server. Names that
   * cannot be scopes are left out. Default: none.
   *
   * @param names the names of scopes or roles
   * @return this builder
   */
  public ConsoleRoutesBuilder scopes(Set<String> names) {
    scopes = Set.copyOf(names);
    return this;
  }

  /**
   * Sets the iTwin Platform that has the iTwins, iModels and files. Default: none; the server
   * serves them itself.
   *
   * @param url the base URL of the platform, http or https
   * @return this builder
   */
  public ConsoleRoutesBuilder platform(URI url) {
    platform = Objects.requireNonNull(url, "url");
    return this;
  }

  /**
   * Sets more origins that the console may call, such as those to which an iTwin Platform lets
   * clients upload files. It may call those of the links, the issuer and the platform in any case.
   * Default: none.
   *
   * @param allowed the origins
   * @return this builder
   */
  public ConsoleRoutesBuilder origins(Collection<ConsoleOrigin> allowed) {
    origins = List.copyOf(allowed);
    return this;
  }

  /**
   * Builds the routes.
   *
   * @return the routes, for the other routes of an {@link HttpServer}; thread-safe
   */
  public RouteGroup build() {
    var endpoints =
        new ConsoleEndpoints(
            new ConsoleConfiguration(
                developmentIssuer,
                issuer,
                clientId,
                scope(),
                platform,
                links.publicUrl().toString(),
                version),
            allOrigins());
    return endpoints::mount;
  }

  private String scope() {
    return Stream.concat(
            Stream.of("openid", "offline_access", Verification.REQUIRED_SCOPE),
            new TreeSet<>(scopes).stream().filter(name -> SCOPE.matcher(name).matches()))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private List<String> allOrigins() {
    return Stream.concat(
            Stream.of(
                    issuer,
                    platform,
                    URI.create(links.publicUrl().toString()),
                    URI.create(links.apiUrl().toString()))
                .filter(Objects::nonNull)
                // A policy cannot contain an IPv6 address, except as the page's own origin.
                .filter(url -> !ConsoleOrigin.isIpv6(url.getHost()))
                .map(ConsoleRoutesBuilder::origin),
            origins.stream().map(ConsoleOrigin::text))
        .distinct()
        .toList();
  }

  private static String origin(URI url) {
    var port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
  }
}
