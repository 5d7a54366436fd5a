package io.storageconnections.adapter.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** A content of which no byte arrives. A reader waits until it is interrupted. */
final class SilentStream extends InputStream {

  private final CountDownLatch never = new CountDownLatch(1);
  private final Runnable begun;

  /** Creates a stream that runs an action when a reader begins to wait. */
  SilentStream(Runnable begun) {
    this.begun = begun;
  }

  @Override
  public int read() throws IOException {
    begun.run();
    try {
      never.await();
      return -1;
    } catch (InterruptedException interrupted) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return read();
  }
}
