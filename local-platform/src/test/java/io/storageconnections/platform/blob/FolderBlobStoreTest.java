package io.storageconnections.platform.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.storageconnections.application.contract.Race;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException.Reason;
import io.storageconnections.platform.application.port.BlobStore.TooLongException;
import io.storageconnections.platform.application.port.BlobStore.TooSlowException;
import io.storageconnections.platform.application.port.BlobStore.UploadLimits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderBlobStoreTest {

  private static final UUID ID = UUID.fromString("a1b2c3d4-0000-4000-8000-000000000001");
  private static final byte[] BYTES = "content".getBytes(UTF_8);

  @TempDir private Path folder;
  private FolderBlobStore store;

  @BeforeEach
  void open() {
    store = FolderBlobStore.in(folder.resolve("blobs"));
    store.requireId(store.claim());
  }

  private static UploadLimits limits(long bytes) {
    return new UploadLimits(bytes, Duration.ofMinutes(1));
  }

  private static InputStream bytes() {
    return new ByteArrayInputStream(BYTES);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(file -> !file.equals("blobs/folder-id"))
          .sorted()
          .toList();
    }
  }

  private byte[] read(UUID id) throws IOException {
    try (var blob = store.open(id)) {
      return Channels.newInputStream(blob.channel()).readAllBytes();
    }
  }

  @Test
  void a_blob_is_one_file_whose_path_comes_from_its_id() throws IOException {
    var content = store.store(ID, bytes(), limits(BYTES.length));

    assertThat(content.size()).isEqualTo(BYTES.length);
    assertThat(content.sha256())
        .isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
    assertThat(files()).containsExactly("blobs/a1/b2/" + ID);
    assertThat(read(ID)).isEqualTo(BYTES);
  }

  @Test
  void an_empty_blob_is_a_blob() throws IOException {
    store.store(ID, new ByteArrayInputStream(new byte[0]), limits(1));
    assertThat(read(ID)).isEmpty();
  }

  @Test
  void one_byte_too_many_is_refused_and_delete_removes_the_part() throws IOException {
    assertThatExceptionOfType(TooLongException.class)
        .isThrownBy(() -> store.store(ID, bytes(), limits(BYTES.length - 1)));
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.open(ID))
        .matches(failure -> failure.reason() == Reason.MISSING);
    store.delete(ID);
    assertThat(files()).isEmpty();
  }

  @Test
  void an_upload_ends_at_its_deadline() {
    assertThatExceptionOfType(TooSlowException.class)
        .isThrownBy(() -> store.store(ID, bytes(), new UploadLimits(100, Duration.ZERO)));
  }

  @Test
  void an_upload_that_is_cut_off_leaves_no_blob_and_reports_the_failure_of_the_client()
      throws IOException {
    var cut =
        new InputStream() {
          private int count;

          @Override
          public int read() throws IOException {
            if (count++ == 3) {
              throw new EOFException("cut");
            }
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
          }
        };
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> store.store(ID, cut, limits(100)));
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.open(ID))
        .matches(failure -> failure.reason() == Reason.MISSING);
    store.delete(ID);
    assertThat(files()).isEmpty();
  }

  @Test
  void a_full_disk_is_told_apart_from_other_failures() {
    var full = failing("No space left on device");
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> full.store(ID, bytes(), limits(100)))
        .matches(failure -> failure.reason() == Reason.FULL);

    var broken = failing("Input/output error");
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> broken.store(UUID.randomUUID(), bytes(), limits(100)))
        .matches(failure -> failure.reason() == Reason.FAILED);
  }

  @Test
  void little_free_space_does_not_make_every_failure_one_of_a_full_disk() {
    assertThat(FolderBlobStore.isFull(new IOException("Input/output error"), 0)).isTrue();
    assertThat(FolderBlobStore.isFull(new IOException("Input/output error"), 1 << 20)).isFalse();
    assertThat(FolderBlobStore.isFull(new IOException("No space left on device"), 1 << 20))
        .isTrue();
    assertThat(FolderBlobStore.isFull(new NoSuchFileException("parts/x"), 0)).isFalse();
    assertThat(
            FolderBlobStore.isFull(
                new FileSystemException("parts/x", null, "Read-only file system"), 0))
        .isFalse();
  }

  /** A store whose disk fails at the second write. */
  private FolderBlobStore failing(String message) {
    return new FolderBlobStore(
        folder.resolve("blobs"),
        part -> FailingChannel.afterOneByte(FolderBlobStore.newFile(part), message));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40 * 1024 * 1024})
  void bytes_that_the_disk_lost_fail_the_upload_although_a_later_force_succeeds(int length)
      throws IOException {
    var failing =
        new FolderBlobStore(
            folder.resolve("blobs"),
            part -> FailingChannel.atTheFirstForce(FolderBlobStore.newFile(part), "I/O error"));
    var content = new ByteArrayInputStream(new byte[length]);
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> failing.store(ID, content, limits(length)))
        .matches(failure -> failure.reason() == Reason.FAILED);
    assertThat(files()).containsExactly("blobs/parts/" + ID);
  }

  @Test
  void a_blob_that_is_open_can_be_read_to_its_end_after_it_is_deleted() throws IOException {
    store.store(ID, bytes(), limits(100));
    try (var blob = store.open(ID)) {
      var first = ByteBuffer.allocate(1);
      assertThat(blob.channel().read(first)).isEqualTo(1);
      store.delete(ID);
      assertThat(Channels.newInputStream(blob.channel()).readAllBytes()).hasSize(6);
    }
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.open(ID))
        .matches(failure -> failure.reason() == Reason.MISSING);
  }

  @Test
  void deleting_a_blob_that_does_not_exist_does_nothing() {
    store.delete(ID);
  }

  @Test
  void an_upload_whose_part_was_deleted_in_the_meantime_fails() {
    var deleting =
        new InputStream() {
          private int count;

          @Override
          public int read() {
            store.delete(ID);
            return count++ < 3 ? 'x' : -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            var next = read();
            if (next < 0) {
              return -1;
            }
            into[offset] = (byte) next;
            return 1;
          }
        };
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.store(ID, deleting, limits(100)));
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.open(ID))
        .matches(failure -> failure.reason() == Reason.MISSING);
  }

  @Test
  void a_walk_finds_old_blobs_and_parts_and_nothing_else() throws IOException {
    store.store(ID, bytes(), limits(100));
    var young = UUID.fromString("a1b2ffff-0000-4000-8000-000000000002");
    store.store(young, bytes(), limits(100));
    var part = UUID.randomUUID();
    Files.write(folder.resolve("blobs/parts/" + part), BYTES);
    Files.write(folder.resolve("blobs/a1/notes.txt"), BYTES);
    Files.write(folder.resolve("blobs/a1/b2/notes.txt"), BYTES);
    var old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    for (var name : List.of("a1/b2/" + ID, "parts/" + part, "a1/b2/notes.txt", "a1/notes.txt")) {
      Files.setLastModifiedTime(folder.resolve("blobs").resolve(name), old);
    }

    var found = new HashSet<UUID>();
    for (int call = 0; call < 256; call++) {
      found.addAll(store.next(Instant.parse("2021-01-01T00:00:00Z"), 1));
    }
    assertThat(found).containsExactlyInAnyOrder(ID, part);
    assertThat(store.next(Instant.parse("2021-01-01T00:00:00Z"), 1_000))
        .containsExactlyInAnyOrder(ID, part);
  }

  @Test
  void all_nodes_that_take_a_new_folder_at_once_take_the_same() throws Exception {
    var nodes = new ArrayList<Callable<UUID>>();
    for (int count = 0; count < 8; count++) {
      nodes.add(FolderBlobStore.in(folder.resolve("new"))::claim);
    }
    var ids = Race.among(nodes);
    assertThat(ids).hasSize(8).containsOnly(ids.getFirst());
    for (int node = 0; node < 2; node++) {
      FolderBlobStore.in(folder.resolve("new")).requireId(ids.getFirst());
    }
  }

  @Test
  void a_folder_whose_first_node_was_killed_can_be_taken() throws IOException {
    var fresh = FolderBlobStore.in(folder.resolve("new"));
    assertThat(fresh.claim()).isEqualTo(fresh.claim());
    var idFile = folder.resolve("new/folder-id");
    Files.writeString(idFile, "");
    fresh.requireId(fresh.claim());
    assertThat(idFile).content().hasSize(36);
  }

  @Test
  void a_folder_of_another_database_is_not_taken() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(store::claim)
        .withMessageContaining("belongs to another database");
  }

  @Test
  void a_folder_that_is_not_that_of_the_database_is_refused_with_both_ids() {
    var id = UUID.randomUUID();
    var other = FolderBlobStore.in(folder.resolve("other"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> other.requireId(id))
        .withMessageContaining("opening the blob folder " + folder.resolve("other"))
        .withMessageContaining("folder-id contains " + id)
        .withMessageContaining("does not exist here; all nodes of a database need the same");
    assertThat(folder.resolve("other")).doesNotExist();
    var taken = other.claim();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> other.requireId(id))
        .withMessageContaining("contains " + taken);
  }

  @Test
  void a_folder_that_cannot_be_made_is_reported_with_its_path() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(FolderBlobStore.in(file)::claim)
        .withMessageContaining(
            "opening the blob folder " + file + ": it cannot be read or written");
  }

  @Test
  void without_the_whole_folder_a_blob_is_not_missing_but_out_of_reach() throws IOException {
    store.store(ID, bytes(), limits(100));
    Files.move(folder.resolve("blobs"), folder.resolve("away"));
    assertThatExceptionOfType(BlobStoreException.class)
        .isThrownBy(() -> store.open(ID))
        .matches(failure -> failure.reason() == Reason.FAILED);
  }

  @Test
  void a_folder_that_can_be_written_stays_as_it_is_when_it_is_checked() throws IOException {
    store.requireWritable();
    assertThat(files()).isEmpty();
  }

  @Test
  void a_full_disk_and_a_disk_that_fails_are_told_apart() {
    var failures =
        Map.of(
            "No space left on device", "its disk is full",
            "Read-only file system", "it cannot be written");
    failures.forEach((failure, problem) -> {
      var failing =
          new FolderBlobStore(
              folder.resolve("blobs"),
              part -> {
                throw new FileSystemException(part.toString(), null, failure);
              });
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(failing::requireWritable)
          .withMessageContaining(problem)
          .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(StoreException.Reason.DISK));
    });
  }
}
