package io.storageconnections.adapter.http.requestlog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer without secrets, as the server shows them in JSON. A text that is not
 * known, or that does not exist, is null.
 *
 * @param at the time at which the request arrived, in ISO 8601
 * @param durationMillis the time from then to the end of the answer
 * @param path the path of the URL, percent-encoded
 * @param query the query of the URL, percent-encoded
 * @param route the path of the route that answered
 * @param client the client of an authenticated caller
 * @param subject the subject of an authenticated caller
 * @param status the status of the answer; 0 if the client got none
 * @param requestHeaders the values of each header, by its name in lower case
 * @param requestBody the body, or its beginning; null if it is empty, not read, or not text
 * @param requestBodyBytes the number of bytes that the server has read
 * @param responseHeaders the values of each header, by its name in lower case
 * @param responseBody the body, or its beginning; null if it is empty or not text
 * @param responseBodyBytes the number of bytes that the server has sent, after compression
 * @param truncated whether a body has more text than is shown
 */
public record LoggedRequest(
    String at,
    long durationMillis,
    @Nullable String correlationId,
    String method,
    String path,
    @Nullable String query,
    @Nullable String route,
    @Nullable String client,
    @Nullable String subject,
    int status,
    Map<String, List<String>> requestHeaders,
    @Nullable String requestBody,
    long requestBodyBytes,
    Map<String, List<String>> responseHeaders,
    @Nullable String responseBody,
    long responseBodyBytes,
    boolean truncated) {

  /** Returns an exchange without its secrets. */
  static LoggedRequest of(Exchange exchange) {
    var redaction = new Redaction();
    var requestBody = BodyText.of(exchange.requestBody(), exchange.requestHeaders());
    var responseBody = BodyText.of(exchange.responseBody(), exchange.responseHeaders());
    var redacted =
        new LoggedRequest(
            exchange.at().toString(),
            exchange.duration().toMillis(),
            redaction.textOrNull(exchange.correlationId()),
            redaction.text(exchange.method()),
            redaction.path(exchange.path()),
            exchange.query() == null ? null : redaction.query(exchange.query()),
            exchange.route(),
            redaction.textOrNull(exchange.client()),
            redaction.textOrNull(exchange.subject()),
            exchange.status(),
            headers(exchange.requestHeaders(), redaction),
            requestBody == null ? null : redaction.requestBody(requestBody.text()),
            exchange.requestBody().bytes(),
            headers(exchange.responseHeaders(), redaction),
            responseBody == null ? null : redaction.responseBody(responseBody.text()),
            exchange.responseBody().bytes(),
            (requestBody != null && requestBody.isCut())
                || (responseBody != null && responseBody.isCut()));
    // Only now are all secrets of the exchange known.
    return redacted.mapTexts(redaction::withoutKnownSecrets);
  }

  private static Map<String, List<String>> headers(List<HeaderField> fields, Redaction redaction) {
    return fields.stream()
        .collect(
            groupingBy(
                field -> redaction.text(field.name().toLowerCase(Locale.ROOT)),
                LinkedHashMap::new,
                mapping(redaction::header, toList())));
  }

  private LoggedRequest mapTexts(UnaryOperator<String> function) {
    return new LoggedRequest(
        at,
        durationMillis,
        mapped(correlationId, function),
        function.apply(method),
        function.apply(path),
        mapped(query, function),
        route,
        mapped(client, function),
        mapped(subject, function),
        status,
        mapped(requestHeaders, function),
        mapped(requestBody, function),
        requestBodyBytes,
        mapped(responseHeaders, function),
        mapped(responseBody, function),
        responseBodyBytes,
        truncated);
  }

  private static @Nullable String mapped(@Nullable String text, UnaryOperator<String> function) {
    return text == null ? null : function.apply(text);
  }

  private static Map<String, List<String>> mapped(
      Map<String, List<String>> headers, UnaryOperator<String> function) {
    var mapped = new LinkedHashMap<String, List<String>>();
    headers.forEach(
        (name, values) -> mapped.put(function.apply(name), values.stream().map(function).toList()));
    return mapped;
  }
}
