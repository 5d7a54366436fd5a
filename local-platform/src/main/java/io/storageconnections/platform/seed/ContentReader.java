package io.storageconnections.platform.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.platform.application.seed.SeedContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents of files.
 *
 * @param folder the folder from which a {@code path} begins
 * @param bytesMax the greatest number of bytes of a content
 */
record ContentReader(Path folder, long bytesMax) {

  private static final String TEXT = "text";
  private static final String BASE64 = "base64";
  private static final String PATH = "path";

  private static final int BUFFER_BYTES = 64 * 1024;

  /** Reads the content of a file. Returns null after a report. */
  @Nullable SeedContent read(MemberReader file) {
    var present = List.of(TEXT, BASE64, PATH).stream().filter(file::has).toList();
    if (present.isEmpty()) {
      file.refuseAbsence(TEXT, "is missing; give the content as text, base64 or path");
      return null;
    }
    if (present.size() > 1) {
      file.refuse(
          present.getLast(), "is a second content; keep one of " + String.join(" and ", present));
      return null;
    }
    return switch (present.getFirst()) {
      case TEXT -> inline(file, TEXT, ContentReader::bytesOfText);
      case BASE64 -> inline(file, BASE64, ContentReader::bytesOfBase64);
      default -> ofPath(file);
    };
  }

  private static byte[] bytesOfText(String text) {
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a text without lone surrogates; use base64 for bytes");
    }
    return text.getBytes(UTF_8);
  }

  private static byte[] bytesOfBase64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          "base64 (RFC 4648, section 4), which may be broken into lines", invalid);
    }
  }

  private @Nullable SeedContent inline(
      MemberReader file, String member, Function<String, byte[]> decode) {
    var bytes = file.optional(member, decode);
    if (bytes == null || isTooLong(file, member, bytes.length)) {
      return null;
    }
    var hash = HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    return new SeedContent(hash, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private boolean isTooLong(MemberReader file, String member, long bytes) {
    if (bytes > bytesMax) {
      file.refuse(member, "has %d bytes; an upload has at most %d".formatted(bytes, bytesMax));
    }
    return bytes > bytesMax;
  }

  private @Nullable SeedContent ofPath(MemberReader file) {
    var path = file.optional(PATH, this::resolved);
    if (path == null) {
      return null;
    }
    try {
      if (!Files.isRegularFile(path)) {
        file.refuse(
            PATH,
            "must be the path of a file, from the folder of the seed on; %s %s"
                .formatted(path, Files.exists(path) ? "is not a file" : "does not exist"));
        return null;
      }
      if (isTooLong(file, PATH, Files.size(path))) {
        return null;
      }
      return hashed(path);
    } catch (IOException unreadable) {
      file.refuse(PATH, "cannot be read: " + unreadable);
      return null;
    }
  }

  private Path resolved(String text) {
    try {
      return folder.resolve(text);
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("the path of a file", invalid);
    }
  }

  private static SeedContent hashed(Path path) throws IOException {
    var hash = Sha256.digest();
    long size = 0;
    try (InputStream bytes = Files.newInputStream(path)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        hash.update(buffer, 0, count);
        size += count;
      }
    }
    return new SeedContent(
        HexFormat.of().formatHex(hash.digest()), size, () -> Files.newInputStream(path));
  }
}
