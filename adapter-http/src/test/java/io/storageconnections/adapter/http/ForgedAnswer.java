package io.storageconnections.adapter.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** An answer that no server gave. */
record ForgedAnswer(
    HttpRequest request, int statusCode, Map<String, List<String>> fields, String body)
    implements HttpResponse<String> {

  ForgedAnswer with(String header, String value) {
    var changed = new TreeMap<>(fields);
    changed.put(header, List.of(value));
    return new ForgedAnswer(request, statusCode, changed, body);
  }

  ForgedAnswer without(String header) {
    var changed = new TreeMap<>(fields);
    changed.remove(header);
    return new ForgedAnswer(request, statusCode, changed, body);
  }

  ForgedAnswer with(int otherStatus) {
    return new ForgedAnswer(request, otherStatus, fields, body);
  }

  ForgedAnswer saying(String otherBody) {
    return new ForgedAnswer(request, statusCode, fields, otherBody);
  }

  @Override
  public HttpHeaders headers() {
    return HttpHeaders.of(fields, (name, value) -> true);
  }

  @Override
  public Optional<HttpResponse<String>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }
}
