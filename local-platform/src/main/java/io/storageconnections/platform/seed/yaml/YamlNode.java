package io.storageconnections.platform.seed.yaml;

import java.util.List;

/** A value of a document, and where it begins. Immutable. */
public sealed interface YamlNode {

  /** {@return where the value begins} */
  Position at();

  /** {@return the kind of the value, with an article, for a message} */
  String kind();

  /** A text. */
  record Text(Position at, String value) implements YamlNode {

    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A number. */
  record Numeral(Position at, String value) implements YamlNode {

    @Override
    public String kind() {
      return "a number";
    }
  }

  /**
   * A scalar that is neither a text nor a number.
   *
   * @param kind such as {@code true or false}
   * @param value the scalar as the document writes it
   */
  record OtherScalar(Position at, String kind, String value) implements YamlNode {}

  /** No value: {@code null}, or nothing. */
  record Nothing(Position at) implements YamlNode {

    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A list of values. */
  record Sequence(Position at, List<YamlNode> items) implements YamlNode {

    /** Copies the list. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /**
   * Values with names.
   *
   * @param members in the order of the document; a name may occur repeatedly
   */
  record Mapping(Position at, List<Member> members) implements YamlNode {

    /** Copies the list. */
    public Mapping {
      members = List.copyOf(members);
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /**
   * A value with its name.
   *
   * @param at where the name begins
   */
  record Member(Position at, String name, YamlNode value) {}
}
