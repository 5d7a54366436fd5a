package io.storageconnections.adapter.connectors.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads what a connector prints, without ever waiting for it, so that no thread is blocked by a
 * process that keeps a pipe open. All of it goes to the output of the attempt. Of standard output,
 * lines of up to {@link #LINE_MAX} bytes within the first {@link #READ_MAX} bytes are understood.
 * Not thread-safe.
 */
final class ConnectorOutput {

  /** The longest line that is understood, in bytes. */
  static final int LINE_MAX = 64 * 1024;

  /** How much of standard output is understood, in bytes. */
  static final int READ_MAX = 10 * 1024 * 1024;

  /** How much of a stream is read before the other one. */
  private static final int TURN_MAX = 1024 * 1024;

  private final Stream output;
  private final Stream errors;
  private final Consumer<String> printer;
  private final ConnectorReport report = new ConnectorReport();
  private final byte[] buffer = new byte[64 * 1024];
  private final CharBuffer characters = CharBuffer.allocate(buffer.length + 1);
  private final byte[] line = new byte[LINE_MAX];
  private int lineLength;
  private boolean isLineTooLong;
  private long read;

  ConnectorOutput(InputStream output, InputStream errors, Consumer<String> printer) {
    this.output = new Stream(output);
    this.errors = new Stream(errors);
    this.printer = printer;
  }

  /** Reads the bytes that are available, and returns whether there were any. */
  boolean drain() {
    var hasPrinted = drain(output);
    return drain(errors) || hasPrinted;
  }

  private boolean drain(Stream stream) {
    int total = 0;
    int length = readAvailable(stream.input);
    while (length > 0) {
      stream.print(buffer, length);
      if (stream == output) {
        understand(length);
      }
      total += length;
      length = total < TURN_MAX ? readAvailable(stream.input) : 0;
    }
    return total > 0;
  }

  private int readAvailable(InputStream input) {
    try {
      int available = Math.min(input.available(), buffer.length);
      return available > 0 ? input.read(buffer, 0, available) : 0;
    } catch (IOException closed) {
      return 0;
    }
  }

  private void understand(int length) {
    int from = 0;
    while (from < length && read < READ_MAX) {
      byte next = buffer[from];
      from++;
      read++;
      if (next == '\n') {
        endLine();
      } else if (lineLength < LINE_MAX) {
        line[lineLength] = next;
        lineLength++;
      } else {
        isLineTooLong = true;
      }
    }
    if (from < length) {
      isLineTooLong = true;
      report.markIncomplete();
    }
  }

  private void endLine() {
    if (!isLineTooLong) {
      report.read(line, lineLength);
    }
    lineLength = 0;
    isLineTooLong = false;
  }

  /** Returns the report of a connector that has ended, and of which everything is read. */
  ConnectorReport report() {
    endLine();
    return report;
  }

  /** One of the two streams. Decodes bytes, some of which may belong to a later character. */
  private final class Stream {

    private final InputStream input;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer undecoded = ByteBuffer.allocate(buffer.length + 4);

    private Stream(InputStream input) {
      this.input = input;
    }

    private void print(byte[] bytes, int length) {
      undecoded.put(bytes, 0, length).flip();
      characters.clear();
      decoder.decode(undecoded, characters, false);
      undecoded.compact();
      printer.accept(characters.flip().toString());
    }
  }
}
