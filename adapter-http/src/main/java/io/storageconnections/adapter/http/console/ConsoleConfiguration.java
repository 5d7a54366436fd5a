package io.storageconnections.adapter.http.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What the page must know about its server, as the JSON of {@code /console/configuration.json}. It
 * has no secret: every visitor can read it.
 *
 * @param developmentIssuer whether the server issues tokens itself, without a password
 * @param issuer the OpenID Connect issuer at which users sign in; null if there is none, or the
 *     server itself is the issuer
 * @param clientId the client of the page at the issuer; null if none is registered
 * @param scope the scopes that the page asks for, separated by spaces
 * @param platformUrl the base URL of the iTwins, iModels and Storage APIs; null if the server
 *     itself serves them
 * @param publicUrl the base URL of the links in answers
 * @param version the version of the server
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsoleConfiguration(
    boolean developmentIssuer,
    @Nullable URI issuer,
    @Nullable String clientId,
    String scope,
    @Nullable URI platformUrl,
    String publicUrl,
    String version) {}
