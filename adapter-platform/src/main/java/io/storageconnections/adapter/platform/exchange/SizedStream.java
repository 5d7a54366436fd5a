package io.storageconnections.adapter.platform.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that has a certain number of bytes, or fails. It does not become longer, and its failure
 * says how many bytes there were. Not thread-safe.
 */
public final class SizedStream extends FilterInputStream {

  private final long size;
  private long read;

  /** Makes a stream of {@code size} bytes. */
  public SizedStream(InputStream source, long size) {
    super(source);
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (read == size && length > 0) {
      return -1;
    }
    int count;
    try {
      count = in.read(target, offset, (int) Math.min(length, size - read));
    } catch (IOException failure) {
      throw new IOException(
          "the content broke off after %d of %d bytes: %s"
              .formatted(read, size, failure.getMessage()),
          failure);
    }
    if (count < 0) {
      throw new IOException("the content ended after %d of %d bytes".formatted(read, size));
    }
    read += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(count, 0, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
