package io.storageconnections.application.run;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.port.RunStore;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class OutputTailTest {

  private static final String EMOJI = "\ud83d\ude00";

  @Test
  void a_short_output_is_kept_whole() {
    var tail = new OutputTail(RunStore.OUTPUT_BYTES_MAX);
    tail.append("line 1\n");
    tail.append("line 2 \u00e4" + EMOJI + "\n");

    assertThat(tail.unsaved()).contains("line 1\nline 2 \u00e4" + EMOJI + "\n");
  }

  @Test
  void the_last_64_kib_of_a_long_output_are_kept() {
    var tail = new OutputTail(RunStore.OUTPUT_BYTES_MAX);
    for (int line = 0; line < 100_000; line++) {
      tail.append("%07d\n".formatted(line));
    }

    var kept = tail.unsaved().orElseThrow();
    assertThat(kept).hasSize(64 * 1024).startsWith("0091808\n").endsWith("0099999\n");
  }

  @Test
  void one_text_that_is_too_long_is_cut() {
    var tail = new OutputTail(4);
    tail.append("a".repeat(1_000) + "bcde");

    assertThat(tail.unsaved()).contains("bcde");
  }

  @Test
  void as_much_as_fits_is_kept_also_right_after_the_beginning_was_dropped() {
    var tail = new OutputTail(4);
    tail.append("abcd");
    tail.append("efgh");
    tail.append("i");

    assertThat(tail.unsaved()).contains("fghi");
  }

  @Test
  void an_output_is_unsaved_until_it_was_read_and_after_it_has_changed() {
    var tail = new OutputTail(10);
    assertThat(tail.unsaved()).isEmpty();
    tail.append("");
    assertThat(tail.unsaved()).isEmpty();
    tail.append("a");
    assertThat(tail.unsaved()).contains("a");
    assertThat(tail.unsaved()).isEmpty();
    tail.append("b");
    assertThat(tail.unsaved()).contains("ab");
  }

  @Test
  void a_character_that_does_not_fit_is_left_out_whole() {
    for (int bytes = 4; bytes < 8; bytes++) {
      var tail = new OutputTail(bytes);
      tail.append(EMOJI + EMOJI);

      assertThat(tail.unsaved()).contains(EMOJI);
    }
  }

  @Test
  void the_halves_of_a_character_may_be_printed_one_after_the_other() {
    var tail = new OutputTail(10);
    tail.append(EMOJI.substring(0, 1));
    assertThat(tail.unsaved()).contains("\ufffd");
    tail.append(EMOJI.substring(1));

    assertThat(tail.unsaved()).contains(EMOJI);
  }

  @Test
  void what_a_database_cannot_store_is_replaced() {
    var tail = new OutputTail(100);
    tail.append("a\0b\ud800c\udc00d");

    assertThat(tail.unsaved()).contains("a\ufffdb\ufffdc\ufffdd");
  }

  @Test
  void the_tail_is_the_longest_end_of_the_output_that_fits_and_splits_no_character() {
    checkEach(random -> {
      var bytesMax = 4 + random.nextInt(60);
      var tail = new OutputTail(bytesMax);
      var whole = new StringBuilder();
      for (int prints = random.nextInt(1, 12); prints > 0; prints--) {
        var text = units(random, random.nextInt(3 * bytesMax));
        whole.append(text);
        tail.append(text);
      }

      var expected = longestEnd(whole.toString(), bytesMax);
      var kept = tail.unsaved();
      if (whole.isEmpty()) {
        assertThat(kept).isEmpty();
      } else {
        assertThat(kept).contains(expected);
      }
    });
  }

  /** Returns random UTF-16 units: of characters of every length, and lone surrogates. */
  private static String units(RandomGenerator random, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      switch (random.nextInt(10)) {
        case 0 -> text.append('\0');
        case 1 -> text.append('\u00e4');
        case 2 -> text.append('\u20ac');
        case 3, 4, 5 -> text.append(EMOJI);
        case 6 ->
            text.append(
                (char) random.nextInt(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1));
        default -> text.append((char) random.nextInt('a', 'z' + 1));
      }
    }
    return text.toString();
  }

  /** Returns the end of a text by counting the bytes of its characters from the last one. */
  private static String longestEnd(String text, int bytesMax) {
    var codePoints =
        text.codePoints()
            .map(point -> point == 0 || isSurrogate(point) ? '\ufffd' : point)
            .toArray();
    var from = codePoints.length;
    var bytes = 0;
    while (from > 0) {
      bytes += Character.toString(codePoints[from - 1]).getBytes(UTF_8).length;
      if (bytes > bytesMax) {
        break;
      }
      from--;
    }
    return new String(codePoints, from, codePoints.length - from);
  }

  private static boolean isSurrogate(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
