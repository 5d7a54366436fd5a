package io.storageconnections.platform.seed;

import io.storageconnections.platform.seed.yaml.Position;
import io.storageconnections.platform.seed.yaml.YamlNode;
import io.storageconnections.platform.seed.yaml.YamlNode.Mapping;
import io.storageconnections.platform.seed.yaml.YamlNode.Nothing;
import io.storageconnections.platform.seed.yaml.YamlNode.Sequence;
import io.storageconnections.platform.seed.yaml.YamlNode.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one object, and reports what is wrong with them. A member with nothing as
 * its value counts as absent. Not thread-safe.
 */
final class MemberReader {

  private final Position at;
  private final String path;
  private final SeedProblems problems;
  private final Map<String, YamlNode> values = new HashMap<>();

  /** False after a report that there is no object. Its members are then not missing, too. */
  private boolean isObject = true;

  private MemberReader(Position at, String path, SeedProblems problems) {
    this.at = at;
    this.path = path;
    this.problems = problems;
  }

  /** Returns a reader of an object; one without members, after a report, if it is none. */
  static MemberReader of(YamlNode node, String path, SeedSchema schema, SeedProblems problems) {
    var reader = new MemberReader(node.at(), path, problems);
    if (node instanceof Mapping mapping) {
      mapping.members().forEach(member -> reader.add(member, schema));
    } else {
      reader.isObject = false;
      problems.add(
          node.at(),
          path,
          "is %s; it must be an object with the members of %s: %s"
              .formatted(node.kind(), schema.kind(), String.join(", ", schema.members())));
    }
    return reader;
  }

  private void add(YamlNode.Member member, SeedSchema schema) {
    var name = member.name();
    if (!schema.members().contains(name)) {
      problems.add(
          member.at(),
          path(name),
          NearestName.of(name, schema.members())
              .map(nearest ->
                  "is not a member of %s; probably you mean %s".formatted(schema.kind(), nearest))
              .orElseGet(() ->
                  "is not a member of %s, which are: %s"
                      .formatted(schema.kind(), String.join(", ", schema.members()))));
    } else if (values.putIfAbsent(name, member.value()) != null) {
      problems.add(member.at(), path(name), "is repeated; remove one of the two");
    }
  }

  Position at() {
    return at;
  }

  String path() {
    return path;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Returns where a member's value is; where the object is, if the member is absent. */
  Position at(String name) {
    return value(name).map(YamlNode::at).orElse(at);
  }

  private Optional<YamlNode> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !(value instanceof Nothing));
  }

  boolean has(String name) {
    return value(name).isPresent();
  }

  /** Returns whether a member is a list that has items. */
  boolean isFilledList(String name) {
    return value(name)
        .filter(value -> value instanceof Sequence list && !list.items().isEmpty())
        .isPresent();
  }

  /** Reports a problem of a member. */
  void refuse(String name, String message) {
    problems.add(at(name), path(name), message);
  }

  /** Reports that a member is absent. */
  void refuseAbsence(String name, String message) {
    if (isObject) {
      problems.add(at, path(name), message);
    }
  }

  /** Parses a text. Returns null if it is absent, or after a report. */
  <T> @Nullable T optional(String name, Function<String, T> parse) {
    return value(name)
        .map(value -> text(name, value))
        .map(text -> parsed(name, text, parse))
        .orElse(null);
  }

  /** Parses a text. Returns null after a report. */
  <T> @Nullable T required(String name, Function<String, T> parse) {
    if (!has(name)) {
      refuseAbsence(name, "is missing; add it");
    }
    return optional(name, parse);
  }

  private @Nullable String text(String name, YamlNode value) {
    if (value instanceof Text text) {
      return text.value();
    }
    refuse(
        name,
        "is %s; it must be a text%s"
            .formatted(
                value.kind(),
                value instanceof Mapping || value instanceof Sequence
                    ? ""
                    : ", so write it between quotes"));
    return null;
  }

  private <T> @Nullable T parsed(String name, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException invalid) {
      refuse(name, "must be " + invalid.getMessage());
      return null;
    }
  }

  /** Reads a required number. Returns null after a report. */
  @Nullable Double number(String name) {
    var value = value(name);
    if (value.isEmpty()) {
      refuseAbsence(name, "is missing; add it");
      return null;
    }
    if (value.get() instanceof YamlNode.Numeral number) {
      try {
        return Double.valueOf(number.value());
      } catch (NumberFormatException special) {
        // Such as .inf, which Java writes differently.
      }
    }
    refuse(name, "is %s; it must be a decimal number".formatted(value.get().kind()));
    return null;
  }

  /** Reads an object. Returns empty if it is absent. */
  Optional<MemberReader> object(String name, SeedSchema schema) {
    return value(name).map(value -> of(value, path(name), schema, problems));
  }

  /** Reads a list of at least one object; an empty list after a report. */
  List<MemberReader> requiredObjects(String name, SeedSchema schema) {
    if (!has(name)) {
      refuseAbsence(name, "is missing; add it");
    } else if (value(name).orElseThrow() instanceof Sequence list && list.items().isEmpty()) {
      refuse(name, "must have at least one item");
    }
    return objects(name, schema);
  }

  /** Reads a list of objects; an empty list if it is absent, or after a report. */
  List<MemberReader> objects(String name, SeedSchema schema) {
    return value(name)
        .map(value -> {
          if (value instanceof Sequence list) {
            return IntStream.range(0, list.items().size())
                .mapToObj(index ->
                    of(list.items().get(index), path(name) + "[" + index + "]", schema, problems))
                .toList();
          }
          refuse(name, "is %s; it must be a list".formatted(value.kind()));
          return List.<MemberReader>of();
        })
        .orElse(List.of());
  }
}
