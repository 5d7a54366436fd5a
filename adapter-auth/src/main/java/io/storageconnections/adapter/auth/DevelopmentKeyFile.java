package io.storageconnections.adapter.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/**
 * The file that keeps the development issuer's private key, readable by its owner only.
 *
 * <p>The key is written to a file beside it, forced to the disk and only then linked under its
 * name. A link is made only where there is nothing, so of two processes one wins and both read the
 * winner's key; and whoever finds the name finds a whole key, also after a crash.
 */
final class DevelopmentKeyFile {

  static final String NAME = "development-issuer.jwk";
  private static final int SIZE_BITS = 2048;

  private static final String DRAFT = ".draft";

  /** No process takes longer to write a key, so that an older draft is of one that was killed. */
  private static final Duration DRAFT_MAX_AGE = Duration.ofHours(1);

  private final Path folder;
  private final Path file;

  DevelopmentKeyFile(Path folder) {
    this.folder = folder;
    file = folder.resolve(NAME);
  }

  /**
   * The kept key; a new one if there is none. Its id is its thumbprint (RFC 7638).
   *
   * @throws UncheckedIOException if the file cannot be read or written, or is damaged
   */
  RSAKey readOrCreate() {
    try {
      if (Files.notExists(file)) {
        create();
      }
      deleteOldDrafts();
      return read();
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "cannot keep the development issuer's key in "
              + file
              + ", which the server's user must be able to read and write",
          failure);
    }
  }

  private RSAKey read() throws IOException {
    try {
      var key = RSAKey.parse(Files.readString(file, StandardCharsets.UTF_8));
      if (key.size() < SIZE_BITS || !signsWhatItVerifies(key)) {
        throw new JOSEException("its parts do not go together");
      }
      return new RSAKey.Builder(key).keyIDFromThumbprint().build();
    } catch (ParseException | JOSEException | RuntimeException | CharacterCodingException damage) {
      throw new UncheckedIOException(
          "the development issuer's key in "
              + file
              + " is damaged; delete the file, and the next start makes a new key",
          new IOException(damage));
    }
  }

  private static boolean signsWhatItVerifies(RSAKey key) throws JOSEException {
    var probe = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload("probe"));
    probe.sign(new RSASSASigner(key));
    return probe.verify(new RSASSAVerifier(key));
  }

  private void create() throws IOException {
    Files.createDirectories(folder);
    var draft = Files.createTempFile(folder, NAME, DRAFT, ownerOnly());
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var text = ByteBuffer.wrap(newKey().toJSONString().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      publish(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void deleteOldDrafts() {
    var oldest = Instant.now().minus(DRAFT_MAX_AGE);
    try (var drafts = Files.newDirectoryStream(folder, NAME + "*" + DRAFT)) {
      for (var draft : drafts) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (IOException | DirectoryIteratorException notDeleted) {
      // Another process has deleted it, or owns it. The key can be read all the same.
    }
  }

  private void publish(Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Another process was faster, and its key is as good.
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // Where links are unknown, a move that replaces nothing comes closest.
      if (Files.notExists(file)) {
        Files.move(draft, file);
      }
    }
  }

  /** A key that nobody keeps. */
  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(SIZE_BITS)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("this Java cannot make RSA keys", impossible);
    }
  }

  /** Given at creation, not afterwards: there is no moment at which others could open the file. */
  private FileAttribute<?>[] ownerOnly() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
