package io.storageconnections.platform.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.seed.SeedContent;
import io.storageconnections.platform.application.seed.SeedPlan;
import io.storageconnections.platform.seed.yaml.Position;
import io.storageconnections.platform.seed.yaml.YamlException;
import io.storageconnections.platform.seed.yaml.YamlNode;
import io.storageconnections.platform.seed.yaml.YamlReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Reads seeds. */
public final class SeedReader {

  /** The greatest number of bytes of a seed, without the files that it names. */
  public static final int BYTES_MAX = 10 * 1024 * 1024;

  /** As many lists and objects as the deepest folder needs, and some more for a better message. */
  private static final int DEPTH_MAX = 2 * StorageStore.DEPTH_MAX + 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SeedReader() {}

  /**
   * Reads a file. The paths that it contains begin in its folder.
   *
   * @param contentBytesMax the greatest number of bytes of the content of a file
   * @throws InvalidSeedException with everything that is wrong
   */
  public static SeedPlan read(Path file, long contentBytesMax) throws InvalidSeedException {
    var folder = file.toAbsolutePath().getParent();
    return read(bytes(file), folder == null ? file.toAbsolutePath() : folder, contentBytesMax);
  }

  /**
   * Reads a text.
   *
   * @param folder the folder in which the paths in the text begin
   * @param contentBytesMax the greatest number of bytes of the content of a file
   * @throws InvalidSeedException with everything that is wrong
   */
  public static SeedPlan read(String text, Path folder, long contentBytesMax)
      throws InvalidSeedException {
    var bytes = text.getBytes(UTF_8);
    if (bytes.length > BYTES_MAX) {
      throw tooLong(bytes.length);
    }
    return read(bytes, folder, contentBytesMax);
  }

  private static SeedPlan read(byte[] bytes, Path folder, long contentBytesMax)
      throws InvalidSeedException {
    var problems = new SeedProblems();
    var objects =
        new ObjectsReader(problems, new ContentReader(folder, contentBytesMax))
            .read(document(text(bytes)));
    if (!problems.isEmpty()) {
      throw new InvalidSeedException(problems.sorted());
    }
    return new SeedPlan(
        digest(bytes, objects.contents()), objects.objects(), objects.distinctContents());
  }

  private static byte[] bytes(Path file) throws InvalidSeedException {
    try {
      if (!Files.isRegularFile(file)) {
        throw invalid(
            Position.START, Files.exists(file) ? "is not a file" : "does not exist: " + file);
      }
      var size = Files.size(file);
      if (size > BYTES_MAX) {
        throw tooLong(size);
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw invalid(Position.START, "cannot be read: " + unreadable);
    }
  }

  private static InvalidSeedException tooLong(long size) {
    return invalid(
        Position.START,
        "has %d bytes; it may have %d. Give contents of files as path".formatted(size, BYTES_MAX));
  }

  private static InvalidSeedException invalid(Position at, String message) {
    return new InvalidSeedException(List.of(new SeedProblem(at, "", message)));
  }

  private static String text(byte[] bytes) throws InvalidSeedException {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException invalid) {
      throw invalid(Position.START, "is not in UTF-8; convert it");
    }
  }

  private static YamlNode document(String text) throws InvalidSeedException {
    try {
      return YamlReader.read(text, DEPTH_MAX);
    } catch (YamlException malformed) {
      throw invalid(malformed.at(), String.valueOf(malformed.getMessage()));
    }
  }

  private static String digest(byte[] seed, List<SeedContent> contents) {
    var hash = Sha256.digest();
    hash.update(Sha256.digest().digest(seed));
    contents.forEach(content -> hash.update(content.sha256().getBytes(UTF_8)));
    return HexFormat.of().formatHex(hash.digest());
  }
}
