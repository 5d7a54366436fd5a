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

/** An answer that a test creates, without a server. */
record FakeAnswer(
    HttpRequest request, int statusCode, Map<String, List<String>> fields, String body)
    implements HttpResponse<String> {

  FakeAnswer with(String header, String value) {
    var changed = new TreeMap<>(fields);
    changed.put(header, List.of(value));
    return new FakeAnswer(request, statusCode, changed, body);
  }

  FakeAnswer without(String header) {
    var changed = new TreeMap<>(fields);
    changed.remove(header);
    return new FakeAnswer(request, statusCode, changed, body);
  }

  FakeAnswer with(int otherStatus) {
    return new FakeAnswer(request, otherStatus, fields, body);
  }

  FakeAnswer withBody(String otherBody) {
    return new FakeAnswer(request, statusCode, fields, otherBody);
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
