package io.storageconnections.adapter.http.jetty;

import io.storageconnections.adapter.http.pipeline.CorrelationId;
import io.storageconnections.adapter.http.pipeline.RequestAttributes;
import io.storageconnections.adapter.http.requestlog.ExchangeRecording;
import io.storageconnections.adapter.http.requestlog.HeaderField;
import io.storageconnections.adapter.http.requestlog.RequestLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Records requests and answers while they are streamed. It buffers only the beginning of a body. A
 * request that Jetty refuses before it calls a handler, such as one with a malformed URL, is not
 * recorded. Thread-safe.
 */
public final class RequestRecorder extends Handler.Wrapper {

  private final RequestLog log;
  private final String unrecorded;

  /**
   * Creates the recorder of one server.
   *
   * @param log receives the exchanges
   * @param unrecorded the beginning of the paths whose requests are not recorded
   */
  public RequestRecorder(RequestLog log, String unrecorded) {
    this.log = log;
    this.unrecorded = unrecorded;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var path = Request.getPathInContext(request);
    if (path.toLowerCase(Locale.ROOT).startsWith(unrecorded)) {
      return super.handle(request, response, callback);
    }
    var uri = request.getHttpURI();
    var recording =
        new ExchangeRecording(
            log,
            Instant.ofEpochMilli(Request.getTimeStamp(request)),
            request.getMethod(),
            uri.getPath() == null ? "" : uri.getPath(),
            path,
            uri.getQuery(),
            fields(request.getHeaders()));
    var answer = new RecordedResponse(request, response, recording);
    // For an answer without an end, because the client closed the connection or a handler failed.
    Request.addCompletionListener(request, failure -> answer.finish(response.isCommitted()));
    return super.handle(new RecordedRequest(request, recording), answer, callback);
  }

  private static List<HeaderField> fields(HttpFields fields) {
    return fields.stream()
        .map(field ->
            new HeaderField(field.getName(), field.getValue() == null ? "" : field.getValue()))
        .toList();
  }

  private static final class RecordedRequest extends Request.Wrapper {

    private final ExchangeRecording recording;

    RecordedRequest(Request request, ExchangeRecording recording) {
      super(request);
      this.recording = recording;
    }

    @Override
    public Content.@Nullable Chunk read() {
      var chunk = super.read();
      if (chunk != null && chunk.hasRemaining()) {
        recording.requestBody().add(chunk.getByteBuffer());
      }
      return chunk;
    }
  }

  private static final class RecordedResponse extends Response.Wrapper {

    private final ExchangeRecording recording;
    private final boolean isHead;

    RecordedResponse(Request request, Response response, ExchangeRecording recording) {
      super(request, response);
      this.recording = recording;
      isHead = HttpMethod.HEAD.is(request.getMethod());
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
      if (content != null && !isHead) {
        recording.responseBody().add(content);
      }
      // Before the client has the whole answer, so that it finds the exchange in the log at once.
      if (last || isHead) {
        finish(true);
      }
      super.write(last, content, callback);
    }

    /** Adds the exchange to the log, unless that has happened. */
    void finish(boolean isAnswered) {
      var headers = getHeaders();
      // Jetty decides for 200 after this class has seen the answer.
      var status = getStatus() == 0 ? HttpStatus.OK_200 : getStatus();
      recording.finish(
          RequestAttributes.route(getRequest()),
          RequestAttributes.caller(getRequest()),
          headers.get(CorrelationId.HEADER),
          Duration.ofNanos(NanoTime.since(getRequest().getBeginNanoTime())),
          isAnswered ? status : 0,
          fields(headers));
    }
  }
}
