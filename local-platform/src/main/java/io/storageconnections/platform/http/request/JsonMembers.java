package io.storageconnections.platform.http.request;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object in the body of a request, not validated. A member that is absent or
 * null is null; so is one that does not have the documented JSON type, which is then in {@link
 * #mistyped}. Not thread-safe.
 */
public final class JsonMembers {

  private final ObjectNode body;
  private final Set<String> mistyped = new HashSet<>();

  /** Creates the members from parsed JSON. */
  public JsonMembers(ObjectNode body) {
    this.body = body;
  }

  /** Returns the paths of the members read so far that do not have the documented JSON type. */
  public Set<String> mistyped() {
    return mistyped;
  }

  /** Returns the names of the members, also of those that are null. */
  public Set<String> names() {
    return Set.copyOf(body.propertyNames());
  }

  /** Returns the value of a string member. */
  public @Nullable String text(String name) {
    var value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      mistyped.add(name);
      return null;
    }
    return value.stringValue();
  }

  /**
   * Returns the value of a number inside nested objects.
   *
   * @param path the names of the objects and the member
   */
  public @Nullable Double number(String... path) {
    JsonNode value = body;
    for (var name : path) {
      value = value == null || !value.isObject() ? null : value.get(name);
    }
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      mistyped.add(String.join(".", path));
      return null;
    }
    return value.doubleValue();
  }

  /** Returns whether the body has a member of this name that is not null. */
  public boolean hasNonNull(String name) {
    var value = body.get(name);
    return value != null && !value.isNull();
  }
}
