package io.storageconnections.domain.connection;

import static io.storageconnections.domain.connection.RandomCases.checkEach;
import static io.storageconnections.domain.connection.RandomCases.guid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests properties of every type that has a text form. */
class ParsingTest {

  private static final List<TextType> TYPES =
      List.of(
          new TextType(
              "AuthenticationType",
              AuthenticationType::parse,
              random -> oneOf(AuthenticationType.values(), random).toString()),
          new TextType("ConnectionId", ConnectionId::parse, ParsingTest::compoundId),
          new TextType(
              "ConnectorType",
              ConnectorType::parse,
              random -> oneOf(ConnectorType.values(), random).toString()),
          new TextType("DisplayName", DisplayName::parse, ParsingTest::displayName),
          new TextType("IModelId", IModelId::parse, ParsingTest::guidOfEitherCase),
          new TextType("ITwinId", ITwinId::parse, ParsingTest::guidOfEitherCase),
          new TextType("StorageFileId", StorageFileId::parse, ParsingTest::compoundId));

  /** A type that has a text form, its parser, and a generator of valid text. */
  record TextType(
      String name, Function<String, Object> parse, Function<RandomGenerator, String> validText) {

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void any_text_is_rejected_or_gives_a_value_whose_text_form_gives_the_same_value(TextType type) {
    checkEach(random -> {
      Object value;
      try {
        value = type.parse().apply(anyText(random));
      } catch (InvalidValueException rejected) {
        return;
      }
      assertThat(type.parse().apply(value.toString())).isEqualTo(value);
    });
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void a_valid_text_gives_a_value_whose_text_form_gives_the_same_value(TextType type) {
    checkEach(random -> {
      var text = type.validText().apply(random);
      var value = type.parse().apply(text);

      assertThat(value.toString()).isEqualToIgnoringCase(text);
      assertThat(type.parse().apply(value.toString())).isEqualTo(value);
    });
  }

  private static String anyText(RandomGenerator random) {
    var valid = TYPES.get(random.nextInt(TYPES.size())).validText().apply(random);
    return switch (random.nextInt(4)) {
      case 0 -> anyUnits(random, random.nextInt(300));
      case 1 -> anyUnits(random, 43);
      case 2 -> valid;
      default -> mutated(valid, random);
    };
  }

  private static String mutated(String valid, RandomGenerator random) {
    var text = new StringBuilder(valid);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int next = Math.min(at + 1, text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, next);
        case 1 -> text.insert(at, anyUnits(random, 1));
        case 2 -> text.replace(at, next, anyUnits(random, 1));
        case 3 -> text.replace(at, next, text.substring(at, next).toUpperCase(Locale.ROOT));
        case 4 -> text.replace(at, next, text.substring(at, next).toLowerCase(Locale.ROOT));
        default -> text.append(text);
      }
    }
    return text.toString();
  }

  /**
   * Returns random UTF-16 units: half of them are characters of ids, the others are random,
   * including lone surrogates.
   */
  private static String anyUnits(RandomGenerator random, int length) {
    var text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(
          (char)
              switch (random.nextInt(6)) {
                case 0, 1, 2 -> "0123456789abcdefABCDEF-_+/= ".charAt(random.nextInt(28));
                case 3 -> random.nextInt(0x100);
                case 4 -> random.nextInt(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1);
                default -> random.nextInt(Character.MAX_VALUE + 1);
              });
    }
    return text.toString();
  }

  private static String displayName(RandomGenerator random) {
    return random
        .ints(1, Character.MAX_CODE_POINT + 1)
        .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
        .limit(random.nextInt(DisplayName.LENGTH_MAX + 1))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String compoundId(RandomGenerator random) {
    return new CompoundId(guid(random), guid(random)).toString();
  }

  private static String guidOfEitherCase(RandomGenerator random) {
    var text = guid(random).toString();
    return random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT);
  }

  private static <T> T oneOf(T[] values, RandomGenerator random) {
    return values[random.nextInt(values.length)];
  }
}
