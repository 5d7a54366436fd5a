package io.storageconnections.platform.seed.yaml;

import io.storageconnections.platform.seed.yaml.YamlNode.Mapping;
import io.storageconnections.platform.seed.yaml.YamlNode.Member;
import io.storageconnections.platform.seed.yaml.YamlNode.Nothing;
import io.storageconnections.platform.seed.yaml.YamlNode.Numeral;
import io.storageconnections.platform.seed.yaml.YamlNode.OtherScalar;
import io.storageconnections.platform.seed.yaml.YamlNode.Sequence;
import io.storageconnections.platform.seed.yaml.YamlNode.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one document of YAML 1.2 with the core schema, which includes JSON. Anchors, aliases and
 * tags are refused, and the depth is limited, so that memory and time are proportional to the
 * length of the text. Not thread-safe; for one text.
 */
public final class YamlReader {

  private final LoadSettings settings;
  private final int depthMax;
  private final Iterator<Event> events;

  private YamlReader(String text, int depthMax) {
    settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    this.depthMax = depthMax;
    events = new Parse(settings).parseString(text).iterator();
  }

  /**
   * Reads a text.
   *
   * @param text without a byte order mark
   * @param depthMax the greatest number of lists and objects around a value
   * @return the document; {@link Nothing} if the text has none
   * @throws YamlException if the text is not YAML, has several documents, or uses what this class
   *     refuses
   */
  public static YamlNode read(String text, int depthMax) throws YamlException {
    try {
      return new YamlReader(text, depthMax).document();
    } catch (MarkedYamlEngineException malformed) {
      var context = malformed.getContext();
      throw new YamlException(
          position(malformed.getProblemMark().or(malformed::getContextMark)),
          "is not YAML or JSON: "
              + (context == null ? "" : context + ", ")
              + malformed.getProblem());
    } catch (ReaderException unprintable) {
      throw new YamlException(
          positionOf(text, unprintable.getPosition()),
          "the character U+%04X is not allowed; write it with an escape between double quotes"
              .formatted(unprintable.getCodePoint()));
    } catch (YamlEngineException malformed) {
      throw new YamlException(Position.START, "is not YAML or JSON: " + malformed.getMessage());
    }
  }

  private static Position positionOf(String text, int offset) {
    var before = text.substring(0, Math.clamp(offset, 0, text.length()));
    var lines = before.split("\r\n|\r|\n", -1);
    var last = lines[lines.length - 1];
    return new Position(lines.length, last.codePointCount(0, last.length()) + 1);
  }

  private static Position position(Optional<Mark> mark) {
    return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
        .orElse(Position.START);
  }

  private YamlNode document() throws YamlException {
    YamlNode document = new Nothing(Position.START);
    var documents = 0;
    for (var event = events.next(); !(event instanceof StreamEndEvent); event = events.next()) {
      if (event instanceof DocumentStartEvent) {
        documents++;
        var first = events.next();
        if (documents > 1) {
          throw new YamlException(
              position(event.getStartMark()), "is a second document; a file contains one");
        }
        document = node(first, 0);
      }
    }
    return document;
  }

  private YamlNode node(Event event, int depth) throws YamlException {
    var at = position(event.getStartMark());
    if (event instanceof AliasEvent) {
      throw new YamlException(at, "is an alias, which is not supported; repeat the value");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw new YamlException(at, "has an anchor, which is not supported; remove it");
    }
    if (depth > depthMax) {
      throw new YamlException(at, "is below more than " + depthMax + " lists and objects");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(at, scalar);
      case SequenceStartEvent sequence -> {
        requireNoTag(at, sequence.getTag());
        yield sequence(at, depth);
      }
      case MappingStartEvent mapping -> {
        requireNoTag(at, mapping.getTag());
        yield mapping(at, depth);
      }
      default -> throw new IllegalStateException("no value begins with " + event.getEventId());
    };
  }

  private static void requireNoTag(Position at, Optional<String> tag) throws YamlException {
    if (tag.isPresent()) {
      throw new YamlException(at, "has a tag, which is not supported; remove " + tag.get());
    }
  }

  private Sequence sequence(Position at, int depth) throws YamlException {
    List<YamlNode> items = new ArrayList<>();
    for (var next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Sequence(at, items);
  }

  private Mapping mapping(Position at, int depth) throws YamlException {
    List<Member> members = new ArrayList<>();
    for (var next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      var nameAt = position(next.getStartMark());
      if (!(next instanceof ScalarEvent name) || name.getAnchor().isPresent()) {
        throw new YamlException(nameAt, "must be the name of a member");
      }
      requireNoTag(nameAt, name.getTag());
      members.add(new Member(nameAt, name.getValue(), node(events.next(), depth + 1)));
    }
    return new Mapping(at, members);
  }

  private YamlNode scalar(Position at, ScalarEvent scalar) throws YamlException {
    requireNoTag(at, scalar.getTag());
    var value = scalar.getValue();
    var tag =
        settings
            .getSchema()
            .getScalarResolver()
            .resolve(value, scalar.getImplicit().canOmitTagInPlainScalar());
    if (tag.equals(Tag.STR)) {
      return new Text(at, value);
    }
    if (tag.equals(Tag.NULL)) {
      return new Nothing(at);
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
        ? new Numeral(at, value)
        : new OtherScalar(at, "true or false", value);
  }
}
