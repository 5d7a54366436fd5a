package io.storageconnections.adapter.http.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a body that was captured.
 *
 * @param text the text, not redacted. If it is cut, it ends before the last incomplete word, which
 *     may be the beginning of a secret
 * @param isCut whether the body has more text
 */
record BodyText(String text, boolean isCut) {

  private static final String WORD_ENDS = "\"'&,{}[]<>";

  /** Media types whose bodies are described by their size, although they may contain only text. */
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "(multipart|image|audio|video|font)/.*|application/(octet-stream|zip|gzip|pdf)\\b.*");

  /** Returns the text of a body; null if the body is empty or not text in UTF-8. */
  static @Nullable BodyText of(BodyCapture body, List<HeaderField> headers) {
    if (body.keptBytes() == 0 || NO_TEXT.matcher(header(headers, "Content-Type")).matches()) {
      return null;
    }
    return switch (header(headers, "Content-Encoding")) {
      case "", "identity" -> of(body.kept(), body.isCut());
      case "gzip" -> ofCompressed(body);
      default -> null;
    };
  }

  private static @Nullable BodyText ofCompressed(BodyCapture body) {
    var text = new byte[BodyCapture.KEPT_BYTES_MAX + 1];
    var length = 0;
    var isCut = body.isCut();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(body.kept()))) {
      for (int count; (count = in.read(text, length, text.length - length)) > 0; ) {
        length += count;
      }
    } catch (EOFException end) {
      // The kept bytes are the beginning of the compressed body.
      isCut = true;
    } catch (IOException notCompressed) {
      return null;
    }
    var isLonger = length > BodyCapture.KEPT_BYTES_MAX;
    return of(Arrays.copyOf(text, Math.min(length, BodyCapture.KEPT_BYTES_MAX)), isCut || isLonger);
  }

  private static @Nullable BodyText of(byte[] bytes, boolean isCut) {
    var chars = CharBuffer.allocate(bytes.length);
    var result =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), chars, !isCut);
    var text = chars.flip().toString();
    if (result.isError() || text.chars().anyMatch(BodyText::isBinary)) {
      return null;
    }
    return new BodyText(isCut ? withoutLastWord(text) : text, isCut);
  }

  private static boolean isBinary(int character) {
    return character < ' ' && character != '\n' && character != '\r' && character != '\t';
  }

  private static String withoutLastWord(String text) {
    var end = text.length();
    while (end > 0 && !isWordEnd(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isWordEnd(char character) {
    return Character.isWhitespace(character) || WORD_ENDS.indexOf(character) >= 0;
  }

  private static String header(List<HeaderField> headers, String name) {
    return headers.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.value().strip().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }
}
