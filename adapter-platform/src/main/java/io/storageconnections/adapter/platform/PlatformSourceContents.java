package io.storageconnections.adapter.platform;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Context;
import io.storageconnections.adapter.platform.credentials.ServerTokens;
import io.storageconnections.adapter.platform.exchange.BoundedHttp;
import io.storageconnections.adapter.platform.exchange.Deadline;
import io.storageconnections.adapter.platform.exchange.PlatformAnswer;
import io.storageconnections.adapter.platform.exchange.PlatformClient;
import io.storageconnections.adapter.platform.exchange.RemoteSystem;
import io.storageconnections.adapter.platform.exchange.SecureUrl;
import io.storageconnections.adapter.platform.exchange.SizedStream;
import io.storageconnections.adapter.platform.exchange.StreamedAnswer;
import io.storageconnections.adapter.platform.storagefile.ContentAnswers;
import io.storageconnections.adapter.platform.storagefile.ContentAnswers.StoredFile;
import io.storageconnections.adapter.platform.storagefile.FileAnswer;
import io.storageconnections.application.port.SourceContents;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The contents of the Storage files of an iTwin Platform. The server reads them as a client of its
 * own, because the caller's token has expired when a run is executed, and is stored nowhere:
 *
 * <ul>
 *   <li>The issuer gives the token, with the grant {@code client_credentials} and the scope {@code
 *       itwin-platform}. It is used until shortly before it expires, and renewed once if the
 *       platform refuses it.
 *   <li>{@code GET /storage/files/{id}} gives the name, and tells whether the file exists.
 *   <li>{@code GET /storage/files/{id}/download} redirects to a signed URL, which is read without
 *       the token. It begins with {@code https}; if the platform has a loopback address, it may
 *       also begin with {@code http} on a loopback address.
 * </ul>
 *
 * The content is read while it arrives. Reading throws an {@link java.io.IOException} if the
 * content ends before its announced size, if it pauses too long, or if the thread is interrupted.
 *
 * <p>Thread-safe. Closing ends its threads and connections, and fails the calls and contents that
 * are in progress.
 *
 * @see <a href="https://developer.bentley.com/apis/storage/operations/get-file/">Get File</a>
 * @see <a href="https://developer.bentley.com/apis/storage/operations/download/">Download File</a>
 */
public final class PlatformSourceContents implements SourceContents, AutoCloseable {

  /** A signed URL of the platform leads to the content directly; some stores redirect once. */
  private static final int REDIRECTS_MAX = 3;

  private static final int REQUESTS_MAX = 64;

  private final URI url;
  private final Duration timeout;
  private final Duration silenceLimit;
  private final BoundedHttp http;
  private final PlatformClient platform;
  private final RemoteSystem storage;
  private final ServerTokens tokens;
  // A request belongs to the trace of the caller that began it.
  private final ExecutorService threads =
      Context.taskWrapping(Executors.newVirtualThreadPerTaskExecutor());

  PlatformSourceContents(PlatformSourceContentsBuilder builder) {
    url = builder.url.value();
    timeout = builder.timeout;
    silenceLimit = builder.silenceLimit;
    http = new BoundedHttp(builder.openTelemetry);
    platform =
        new PlatformClient(url, PlatformClient.Asker.SERVER, http, REQUESTS_MAX, builder.clock);
    storage =
        new RemoteSystem(
            "The Storage of the iTwin Platform at " + url,
            "this server",
            false,
            http,
            builder.clock);
    tokens =
        new ServerTokens(
            builder.issuer,
            builder.clientId,
            builder.clientSecret,
            http,
            builder.clock,
            builder.ticker,
            threads);
  }

  /**
   * Returns a builder.
   *
   * @param platformUrl the platform's URL, as {@link PlatformUrl} describes it
   * @param issuerUrl the URL of the OpenID Connect issuer that gives the server its token: {@code
   *     https}, or {@code http} on a loopback address
   * @param clientId the id of the server's own client, not blank
   * @param clientSecret the secret of this client, not blank
   * @return a new builder with the default configuration
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if a URL does not have its form, or a text is blank; the
   *     message repeats none of them
   */
  public static PlatformSourceContentsBuilder builder(
      URI platformUrl, URI issuerUrl, String clientId, String clientSecret) {
    return new PlatformSourceContentsBuilder(
        new PlatformUrl(requireNonNull(platformUrl, "platformUrl")),
        requireNonNull(issuerUrl, "issuerUrl"),
        requireNonNull(clientId, "clientId"),
        requireNonNull(clientSecret, "clientSecret"));
  }

  @Override
  public SourceContent open(IModelId iModel, StorageFileId file) {
    requireNonNull(iModel, "iModel");
    var deadline = Deadline.after(timeout);
    var stored =
        ContentAnswers.file(file, asked(FileAnswer.path(file), FileAnswer.MEDIA_TYPE, deadline));
    if (stored.isEmpty()) {
      return new Missing();
    }
    var content =
        ContentAnswers.url(url, file, asked(ContentAnswers.downloadPath(file), "*/*", deadline));
    return content.isEmpty() ? new Missing() : opened(stored.get(), content.get(), deadline);
  }

  private PlatformAnswer asked(String path, String mediaType, Deadline deadline) {
    return tokens.use(token -> platform.get(path, mediaType, token, deadline), deadline);
  }

  private Opened opened(StoredFile file, URI signedUrl, Deadline deadline) {
    var answer = storage.open(contentRequest(signedUrl), deadline, silenceLimit);
    var isTaken = false;
    try {
      var current = signedUrl;
      for (var redirects = 0; isRedirect(answer) && redirects < REDIRECTS_MAX; redirects++) {
        var next = SecureUrl.received(current, answer.location(), SecureUrl.isOnLoopback(url));
        if (next == null) {
          throw storage.unavailable(
              "redirects this server to a URL that does not begin with https://.", null, null);
        }
        answer.close();
        current = next;
        answer = storage.open(contentRequest(next), deadline, silenceLimit);
      }
      if (answer.status() != 200) {
        throw answer.unexpected();
      }
      // The file may have been replaced since its size was read.
      var size = answer.size().isPresent() ? answer.size() : file.size();
      var opened =
          new Opened(
              file.name(),
              size.orElseThrow(
                  () -> storage.unavailable("did not tell the size of the content.", null, null)),
              new SizedStream(answer.body(), size.getAsLong()));
      isTaken = true;
      return opened;
    } finally {
      if (!isTaken) {
        answer.close();
      }
    }
  }

  private static boolean isRedirect(StreamedAnswer answer) {
    return answer.status() / 100 == 3 && answer.location() != null;
  }

  /** The URL is signed: a token would only tell it to another system. */
  private static HttpRequest contentRequest(URI signedUrl) {
    return HttpRequest.newBuilder(signedUrl).header("Accept-Encoding", "identity").build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    platform.close();
  }
}
