package io.storageconnections.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Pattern;

/** A TCP connection that stays open until the server or the test closes it. */
final class Connection implements Closeable {

  private static final Pattern LENGTH =
      Pattern.compile("\r\nContent-Length: ([0-9]+)\r\n", Pattern.CASE_INSENSITIVE);

  private final Socket socket;

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Sends a request and reads its answer, which must have a {@code Content-Length}. */
  String ask(String request) throws IOException {
    send(request);
    var answer = new ByteArrayOutputStream();
    while (!answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("the server closed after: " + answer.toString(ISO_8859_1));
      }
      answer.write(next);
    }
    var length = LENGTH.matcher(answer.toString(ISO_8859_1));
    if (length.find()) {
      answer.write(socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))));
    }
    return answer.toString(ISO_8859_1);
  }

  /** Sends a request and reads until the server closes the connection. */
  String askLast(String request) throws IOException {
    send(request);
    return rest();
  }

  /** Reads until the server closes the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
