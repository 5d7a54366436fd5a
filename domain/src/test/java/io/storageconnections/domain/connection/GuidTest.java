package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the text form of {@link IModelId} and {@link ITwinId}, and the order of ids. */
class GuidTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7dbd531d-6967-47b2-8945-a722a437ad7a",
        "7DBD531D-6967-47B2-8945-A722A437AD7A",
        "7dBD531d-6967-47B2-8945-a722A437Ad7a"
      })
  void a_guid_is_parsed_in_any_case_and_formatted_in_lower_case(String text) {
    assertThat(IModelId.parse(text)).hasToString("7dbd531d-6967-47b2-8945-a722a437ad7a");
    assertThat(ITwinId.parse(text)).hasToString("7dbd531d-6967-47b2-8945-a722a437ad7a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"})
  void a_guid_may_be_of_any_version(String text) {
    assertThat(IModelId.parse(text)).hasToString(text);
    assertThat(ITwinId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1-1-1-1-1",
        "7dbd531d-6967-47b2-8945-a722a437ad7",
        "7dbd531d-6967-47b2-8945-a722a437ad7aa",
        "7dbd531-d6967-47b2-8945-a722a437ad7a",
        "7dbd531d-6967-47b2-8945a-722a437ad7a",
        "7dbd531d696747b28945a722a437ad7a",
        "7dbd531d-6967-47b2-8945a722a437ad7a",
        "{7dbd531d-6967-47b2-8945-a722a437ad7a}",
        "(7dbd531d-6967-47b2-8945-a722a437ad7a)",
        "urn:uuid:7dbd531d-6967-47b2-8945-a722a437ad7a",
        " 7dbd531d-6967-47b2-8945-a722a437ad7a",
        "7dbd531d-6967-47b2-8945-a722a437ad7a ",
        "7dbd531d-6967-47b2-8945-a722a437ad7a\n",
        "7dbd531d_6967_47b2_8945_a722a437ad7a",
        "7dbd531d\u20106967\u201047b2\u20108945\u2010a722a437ad7a",
        "gdbd531d-6967-47b2-8945-a722a437ad7a",
        "+dbd531d-6967-47b2-8945-a722a437ad7a",
        "0xbd531d-6967-47b2-8945-a722a437ad7a",
        "\u0667dbd531d-6967-47b2-8945-a722a437ad7a",
        "\uff17dbd531d-6967-47b2-8945-a722a437ad7a",
        "7\uff44bd531d-6967-47b2-8945-a722a437ad7a",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA"
      })
  void other_text_is_rejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> IModelId.parse(text));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> ITwinId.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "7fffffff-ffff-4fff-bfff-ffffffffffff, 80000000-0000-4000-8000-000000000000",
    "00000000-0000-4000-7fff-ffffffffffff, 00000000-0000-4000-8000-000000000000"
  })
  void ids_are_ordered_by_their_unsigned_bytes_unlike_java_uuids(UUID less, UUID more) {
    var iTwin = new ITwinId(UUID.fromString("5fb9aa98-9874-4697-b942-d19728840f19"));

    assertThat(less).isGreaterThan(more);
    assertThat(new SourceFileId(less)).isLessThan(new SourceFileId(more));
    assertThat(new StorageFileId(iTwin, less)).isLessThan(new StorageFileId(iTwin, more));
    assertThat(new StorageFileId(new ITwinId(less), more))
        .isLessThan(new StorageFileId(new ITwinId(more), less));
  }

  @Test
  void ids_have_the_same_order_as_their_hexadecimal_digits() {
    checkEach(random -> {
      // Only two values per half, so that whole GUIDs and halves are often equal.
      var halves = random.longs(2).toArray();
      var one = new StorageFileId(new ITwinId(guidOf(halves, random)), guidOf(halves, random));
      var other = new StorageFileId(new ITwinId(guidOf(halves, random)), guidOf(halves, random));

      assertThat(Integer.signum(one.compareTo(other)))
          .isEqualTo(Integer.signum(digits(one).compareTo(digits(other))));
      assertThat(Integer.signum(sourceFile(one).compareTo(sourceFile(other))))
          .isEqualTo(Integer.signum(one.file().toString().compareTo(other.file().toString())));
    });
  }

  private static UUID guidOf(long[] halves, RandomGenerator random) {
    return new UUID(halves[random.nextInt(2)], halves[random.nextInt(2)]);
  }

  private static SourceFileId sourceFile(StorageFileId file) {
    return new SourceFileId(file.file());
  }

  private static String digits(StorageFileId file) {
    return file.iTwin() + " " + file.file();
  }
}
