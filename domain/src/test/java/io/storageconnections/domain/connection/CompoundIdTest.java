package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static io.storageconnections.domain.connection.RandomCases.guid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the text form that {@link ConnectionId} and {@link StorageFileId} share. */
class CompoundIdTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** Example ids from the documentation of Bentley's APIs, for which both GUIDs are known. */
  @ParameterizedTest
  @MethodSource
  void a_documented_id_contains_two_guids(String text, UUID scope, UUID item) {
    var connection = new ConnectionId(new IModelId(scope), item);
    var file = new StorageFileId(new ITwinId(scope), item);

    assertThat(ConnectionId.parse(text)).isEqualTo(connection);
    assertThat(StorageFileId.parse(text)).isEqualTo(file);
    assertThat(connection).hasToString(text);
    assertThat(file).hasToString(text);
  }

  private static Stream<Arguments> a_documented_id_contains_two_guids() {
    return Stream.of(
        arguments(
            "VRZHoBhrnkGrAev0-_-d_xwvyrzjgaVGka5wU967Q7M",
            "a0471655-6b18-419e-ab01-ebf4fbff9dff",
            "bcca2f1c-81e3-46a5-91ae-7053debb43b3"),
        arguments(
            "sDqQVHVsukGk7iM6qgMM1lSUJ4mVOB5Fi9PnWyA1HfU",
            "54903ab0-6c75-41ba-a4ee-233aaa030cd6",
            "89279454-3895-451e-8bd3-e75b20351df5"),
        arguments(
            "UQBsw5AFgkK-L-0-hSCtAVEAbMOQBYJCvi_tPoUgrQE",
            "c36c0051-0590-4282-be2f-ed3e8520ad01",
            "c36c0051-0590-4282-be2f-ed3e8520ad01"));
  }

  /** More example ids from the documentation, and the first digits of their GUIDs. */
  @ParameterizedTest
  @MethodSource
  void a_documented_id_contains_the_scope_first(String text, String scope, String item) {
    var connection = ConnectionId.parse(text);
    var file = StorageFileId.parse(text);

    assertThat(connection.iModel().toString()).startsWith(scope);
    assertThat(connection.connection().toString()).startsWith(item);
    assertThat(file.iTwin().toString()).startsWith(scope);
    assertThat(file.file().toString()).startsWith(item);
    assertThat(connection).hasToString(text);
    assertThat(file).hasToString(text);
  }

  private static Stream<Arguments> a_documented_id_contains_the_scope_first() {
    return Stream.of(
        arguments(
            "TYJsPN0xtkWId0yUrXkS5pN5AQzuullIkxz5aDnDJSI",
            "3c6c824d-31dd-45b6-8877-4c94ad7912e6",
            "0c017993-"),
        arguments(
            "MWplZe9Uf0iR1IDMqyOMLqBN0_wHEVBGg_CzJmXdmE4",
            "65656a31-54ef-487f-91d4-80ccab238c2e",
            "fcd34da0-"),
        arguments("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "16c396b7-", "c0a75dd9-"),
        arguments("u9E_00ckVU6sdWnH_vnk-bPJEu3c_VVItnIkNDWlTy0", "d33fd1bb-", "ed12c9b3-"));
  }

  @Test
  void the_first_three_groups_of_a_guid_are_little_endian() {
    var id =
        new CompoundId(
            UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
            UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100"));

    assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(id.toString())))
        .isEqualTo("33221100554477668899aabbccddeeff" + "ccddeeffaabb88997766554433221100");
    assertThat(CompoundId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void an_id_has_exactly_one_text_form() {
    checkEach(random -> {
      var text = new CompoundId(guid(random), guid(random)).toString();
      var prefix = text.substring(0, 42);
      // The last character encodes four bits of the id and two unused bits.
      int data = ALPHABET.indexOf(text.charAt(42)) / 4 * 4;
      var candidates =
          IntStream.range(data, data + 4).mapToObj(i -> prefix + ALPHABET.charAt(i)).toList();

      assertThat(candidates)
          .allSatisfy(candidate ->
              assertThat(Base64.getUrlDecoder().decode(candidate))
                  .isEqualTo(Base64.getUrlDecoder().decode(text)))
          .filteredOn(CompoundIdTest::isAccepted)
          .containsExactly(text);
    });
  }

  @Test
  void an_id_equals_the_id_parsed_from_its_text_form() {
    checkEach(random -> {
      var connection = new ConnectionId(new IModelId(guid(random)), guid(random));
      var file = new StorageFileId(new ITwinId(guid(random)), guid(random));

      assertThat(ConnectionId.parse(connection.toString())).isEqualTo(connection);
      assertThat(StorageFileId.parse(file.toString())).isEqualTo(file);
      assertThat(file.toString()).hasSize(43).matches("[A-Za-z0-9_-]*");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-c",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cAA",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA=",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-c=",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-==",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT===",
        "===========================================",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT+cA",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT/cA",
        " t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA",
        " 5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA ",
        "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA\n",
        "t5bDFuN4qUa9ojVw1E5F\ntldp8BgSbNCiJ2XMdiT-cA",
        "t5bDFuN4qUa9ojVw1E5F\u00fctldp8BgSbNCiJ2XMdiT-cA",
        "t5bDFuN4qUa9ojVw1E5F\uff11tldp8BgSbNCiJ2XMdiT-cA",
        "t5bDFuN4qUa9ojVw1E5\ud83d\ude00tldp8BgSbNCiJ2XMdiT-cA",
        "7dbd531d-6967-47b2-8945-a722a437ad7a"
      })
  void other_text_is_rejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> ConnectionId.parse(text));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> StorageFileId.parse(text));
  }

  private static boolean isAccepted(String text) {
    try {
      ConnectionId.parse(text);
      return true;
    } catch (InvalidValueException rejected) {
      return false;
    }
  }
}
