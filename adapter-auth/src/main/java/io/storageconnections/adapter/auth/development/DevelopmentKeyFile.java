package io.storageconnections.adapter.auth.development;

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
 * The file that keeps the development issuer's private key. Only its owner can read it.
 *
 * <p>A process writes a new key to a draft beside the file, forces it to the disk, and then links
 * the draft under the file's name. A link never replaces a file. So if two processes start at once,
 * one link succeeds and both processes read that key; and the file is complete also after a crash.
 */
public final class DevelopmentKeyFile {

  /** The name of the file. */
  public static final String NAME = "development-issuer.jwk";

  private static final int SIZE_BITS = 2048;

  private static final String DRAFT_SUFFIX = ".draft";

  /** No process takes longer to write a key, so a killed process left an older draft. */
  private static final Duration DRAFT_MAX_AGE = Duration.ofHours(1);

  private final Path folder;
  private final Path file;

  /**
   * Names the file; does not open it.
   *
   * @param folder the folder of the file
   */
  public DevelopmentKeyFile(Path folder) {
    this.folder = folder;
    file = folder.resolve(NAME);
  }

  /**
   * Reads the key, and creates folder and file first if the file does not exist. The key's id is
   * its thumbprint (RFC 7638).
   *
   * @throws UncheckedIOException if the file cannot be read or written, or is damaged
   */
  public RSAKey readOrCreate() {
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
      if (key.size() < SIZE_BITS || !isKeyPair(key)) {
        throw new JOSEException("it is too short, or its parts do not belong together");
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

  private static boolean isKeyPair(RSAKey key) throws JOSEException {
    var probe = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload("probe"));
    probe.sign(new RSASSASigner(key));
    return probe.verify(new RSASSAVerifier(key));
  }

  private void create() throws IOException {
    Files.createDirectories(folder);
    var draft = Files.createTempFile(folder, NAME, DRAFT_SUFFIX, ownerOnly());
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var text = ByteBuffer.wrap(generateKey().toJSONString().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      linkUnlessFileExists(draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void deleteOldDrafts() {
    var oldest = Instant.now().minus(DRAFT_MAX_AGE);
    try (var drafts = Files.newDirectoryStream(folder, NAME + "*" + DRAFT_SUFFIX)) {
      for (var draft : drafts) {
        if (Files.getLastModifiedTime(draft).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (IOException | DirectoryIteratorException notDeleted) {
      // Another process has deleted the draft, or owns it. The key is readable nevertheless.
    }
  }

  private void linkUnlessFileExists(Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Another process was faster. This process reads that key.
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // The file system has no links. A move that replaces no file comes closest.
      if (Files.notExists(file)) {
        Files.move(draft, file);
      }
    }
  }

  /** Generates a key without writing it to a file. */
  public static RSAKey generateKey() {
    try {
      return new RSAKeyGenerator(SIZE_BITS)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("this Java cannot make RSA keys", impossible);
    }
  }

  /** Set when the file is created, so that no other user can open it at any moment. */
  private FileAttribute<?>[] ownerOnly() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
