package io.storageconnections.bootstrap.settings;

import io.storageconnections.bootstrap.process.CauseChain;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A properties file that the server reads strictly: UTF-8, one property on a line, each key once.
 * The reader skips a byte order mark. Where {@link Properties} would silently drop characters or
 * join lines, this class reports a problem.
 */
final class PropertiesFile {

  /** A line of the file with a key and a value. */
  record Property(String key, String value, int line) {}

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern UNUSUAL_LINE_SEPARATOR =
      Pattern.compile("[\\x0B\\x0C\\x85\\u2028\\u2029]");

  private static final Pattern INDENTATION = Pattern.compile("^[ \\t\\f]+");

  private static final Pattern UNKNOWN_ESCAPE =
      Pattern.compile("(?:[^\\\\]|\\\\[tnrfu :=#!\\\\])*+(\\\\.)");

  private static final Pattern TRAILING_BACKSLASH = Pattern.compile("(?:[^\\\\]|\\\\.)*+\\\\");

  private final Path file;
  private final List<Property> properties = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private PropertiesFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws SettingsException if the file does not exist, cannot be read, or is not UTF-8 text
   */
  static PropertiesFile read(Path file) {
    var result = new PropertiesFile(file);
    var text = result.decoded(result.bytes());
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      result.readLine(INDENTATION.matcher(lines.get(i)).replaceFirst(""), i + 1);
    }
    return result;
  }

  /** Returns the properties in the order of the file. */
  List<Property> properties() {
    return properties;
  }

  /** Returns one message for each line that cannot be read, in the order of the file. */
  List<String> problems() {
    return problems;
  }

  /** Returns the file and the line number, as a message begins with them. */
  String place(int line) {
    return file + ", line " + line;
  }

  private byte[] bytes() {
    if (file.toString().isBlank()) {
      throw new SettingsException(List.of("--config names no file: name one, or leave it out"));
    }
    if (Files.isDirectory(file)) {
      throw unreadable("is a folder: name the file in it");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable("cannot be read: " + CauseChain.describe(e));
    }
  }

  private SettingsException unreadable(String reason) {
    return new SettingsException(List.of("--config: " + file + " " + reason));
  }

  private String decoded(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    // UTF-8 never has more characters than bytes.
    var out = CharBuffer.allocate(bytes.length);
    // A new decoder reports what it cannot decode.
    var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw unreadable(
          "is not UTF-8: byte 0x%02X at offset %d, in line %d; save the file as UTF-8"
              .formatted(in.get(in.position()), in.position(), lineAt(bytes, in.position())));
    }
    var text = out.flip().toString();
    // Editors show the next characters as a new line, but Java would read them as part of this
    // line.
    var separator = UNUSUAL_LINE_SEPARATOR.matcher(text);
    if (separator.find()) {
      throw unreadable(
          "has the line separator U+%04X; separate lines with a line feed"
              .formatted((int) separator.group().charAt(0)));
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static int lineAt(byte[] bytes, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private void readLine(String line, int number) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
      return;
    }
    if (TRAILING_BACKSLASH.matcher(line).matches()) {
      addProblem(number, "ends with a backslash: write a value on one line, and a backslash twice");
      return;
    }
    var unknownEscape = UNKNOWN_ESCAPE.matcher(line);
    if (unknownEscape.lookingAt()) {
      addProblem(
          number,
          "has the unknown escape %s: write a backslash twice"
              .formatted(TextChecks.escaped(unknownEscape.group(1))));
      return;
    }
    try {
      var parsed = new Properties();
      parsed.load(new StringReader(line));
      for (var key : parsed.stringPropertyNames()) {
        properties.add(new Property(key, parsed.getProperty(key), number));
      }
    } catch (IllegalArgumentException malformed) {
      addProblem(
          number,
          "has a \\u that four hexadecimal digits do not follow: write them, or a backslash"
              + " twice");
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private void addProblem(int line, String problem) {
    problems.add(place(line) + " " + problem);
  }

  /** Returns one message for each repetition of a key. */
  List<String> duplicates() {
    var first = new HashMap<String, Integer>();
    var found = new ArrayList<String>();
    for (var property : properties) {
      var before = first.putIfAbsent(property.key(), property.line());
      if (before != null) {
        found.add(
            "%s: %s stands in line %d already: remove one of them"
                .formatted(place(property.line()), TextChecks.escaped(property.key()), before));
      }
    }
    return found;
  }
}
