package io.storageconnections.platform.http.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.platform.AccessMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest content that the API documents, in a process that could not hold it in memory. */
@Tag("long")
class LargeContentTest {

  private static final long LENGTH = 256L * 1024 * 1024;

  /** The live objects after the transfer may exceed those before it by this much. */
  private static final long GROWTH_MAX = 16L * 1024 * 1024;

  @TempDir private Path blobFolder;

  @Test
  void a_content_of_256_mebibytes_passes_through_without_being_held() throws IOException {
    try (var server = new StorageServer(AccessMode.OWN, blobFolder, LENGTH)) {
      var root = StorageServer.rootOf(server.newITwin("ann"));
      server.newFile("ann", root, "warm-up.dgn", new byte[1_000_000]);
      var before = liveBytes();
      var peak = new AtomicLong();

      var upload = server.create("ann", root, "a.dgn");
      var put =
          server.exchange(
              HttpRequest.newBuilder(URI.create(upload.at("/_links/uploadUrl/href")))
                  .PUT(BodyPublishers.ofInputStream(() -> new Generated(peak))),
              BodyHandlers.ofString());
      assertThat(put.statusCode()).isEqualTo(201);
      var file = server.post("ann", upload.at("/_links/completeUrl/href"), "");
      assertThat(file.body().at("/file/size").asLong()).isEqualTo(LENGTH);

      var answer =
          server.exchange(
              HttpRequest.newBuilder(URI.create(server.downloadUrl("ann", file.at("/file/id")))),
              BodyHandlers.ofInputStream());
      try (var expected = new Generated(peak);
          var actual = answer.body()) {
        var buffer = new byte[1 << 16];
        long read = 0;
        for (int count = actual.read(buffer); count >= 0; count = actual.read(buffer)) {
          for (int index = 0; index < count; index++) {
            if ((byte) expected.read() != buffer[index]) {
              throw new AssertionError("another byte at " + (read + index));
            }
          }
          read += count;
        }
        assertThat(read).isEqualTo(LENGTH);
      }
      assertThat(peak.get() - before).isLessThan(GROWTH_MAX);
    }
  }

  private static long liveBytes() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Bytes that are not stored anywhere. Measures the live objects from time to time. */
  private static final class Generated extends InputStream {

    private static final long MEASURE_EVERY = 32L * 1024 * 1024;

    private final Random random = new Random(1);
    private final AtomicLong peak;
    private long position;
    private int left;
    private int bits;

    Generated(AtomicLong peak) {
      this.peak = peak;
    }

    @Override
    public int read() {
      if (position == LENGTH) {
        return -1;
      }
      if (++position % MEASURE_EVERY == 0) {
        peak.accumulateAndGet(liveBytes(), Math::max);
      }
      if (left == 0) {
        bits = random.nextInt();
        left = 4;
      }
      left--;
      var next = bits & 0xFF;
      bits >>>= 8;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = 0;
      for (int next = read(); next >= 0; next = read()) {
        into[offset + count++] = (byte) next;
        if (count == length) {
          break;
        }
      }
      return count == 0 ? -1 : count;
    }
  }
}
