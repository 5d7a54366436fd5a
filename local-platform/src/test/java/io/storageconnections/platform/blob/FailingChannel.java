package io.storageconnections.platform.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file on a disk that fails. */
final class FailingChannel extends FileChannel {

  private final FileChannel file;
  private final String message;
  private final boolean writesFail;
  private final AtomicBoolean forced = new AtomicBoolean();
  private boolean written;

  private FailingChannel(FileChannel file, String message, boolean writesFail) {
    this.file = file;
    this.message = message;
    this.writesFail = writesFail;
  }

  /** The disk accepts one byte, and then fails. */
  static FailingChannel afterOneByte(FileChannel file, String message) {
    return new FailingChannel(file, message, true);
  }

  /** The disk accepts all bytes. The first force fails; later ones succeed, as Linux has it. */
  static FailingChannel atTheFirstForce(FileChannel file, String message) {
    return new FailingChannel(file, message, false);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (!writesFail) {
      return file.write(bytes);
    }
    if (written) {
      throw new IOException(message);
    }
    written = true;
    var first = ByteBuffer.wrap(new byte[] {bytes.get()});
    return file.write(first);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  @Override
  public int read(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (!forced.getAndSet(true)) {
      throw new IOException(message);
    }
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
