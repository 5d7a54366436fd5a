package io.storageconnections.application.validation;

import io.storageconnections.application.outcome.Violation;
import io.storageconnections.application.outcome.Violation.Kind;
import io.storageconnections.domain.connection.InvalidValueException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Validates requests with Bean Validation, and reports all violations in document order, each
 * member once. Safe for use by several threads.
 */
public final class RequestValidator {

  private final Validator validator;

  /**
   * Creates a request validator.
   *
   * @param validator a validator of Hibernate Validator, on whose spelling of paths this class
   *     relies; thread-safe
   */
  public RequestValidator(Validator validator) {
    this.validator = validator;
  }

  /**
   * Validates a request.
   *
   * @param request a record, as are the entries of its lists
   * @return all violations, in the order of the members; empty if {@code request} is valid
   * @throws IllegalArgumentException if {@code request} has a violation and is not a public record,
   *     or names a mistyped member that it does not have
   */
  public List<Violation> violations(Request request) {
    return violations(request, Set.of());
  }

  /**
   * Validates a request of which some members are known to be invalid, although they meet their
   * constraints.
   *
   * @param request a record, as are the entries of its lists
   * @param invalid the paths of these members, spelt like those of {@link Violation}
   * @return all violations, in the order of the members; empty if {@code request} is valid
   * @throws IllegalArgumentException if {@code request} has a violation and is not a public record,
   *     or if a mistyped or an invalid member does not exist in it
   */
  public List<Violation> violations(Request request, Set<String> invalid) {
    var found = new HashMap<String, Kind>();
    for (var violation : validator.validate(request)) {
      found.put(path(violation), kind(violation));
    }
    // A mistyped member is null here, so its constraint can only report it as missing.
    request.mistyped().forEach(path -> found.put(path, Kind.INVALID));
    invalid.forEach(path -> found.put(path, Kind.INVALID));
    return found.isEmpty() ? List.of() : inDocumentOrder(found, request);
  }

  /**
   * Parses a member of a valid request, where parsing cannot fail.
   *
   * @param <T> the type of the parsed value
   * @param text the member; null if it is absent
   * @param parse parses the text form
   * @return the parsed value; null if {@code text} is null
   * @throws IllegalArgumentException if {@code parse} throws it, because the request is not valid
   */
  public static <T> @Nullable T parsed(@Nullable String text, Function<String, T> parse) {
    return text == null ? null : parse.apply(text);
  }

  /**
   * Parses a member of a request that may be invalid.
   *
   * @param <T> the type of the parsed value
   * @param text the member; null if it is absent
   * @param parse parses the text form, and throws {@link InvalidValueException} if it is malformed
   * @return the parsed value; empty if the member is absent or malformed
   */
  public static <T> Optional<T> parsedIfValid(@Nullable String text, Function<String, T> parse) {
    try {
      return text == null ? Optional.empty() : Optional.of(parse.apply(text));
    } catch (InvalidValueException malformed) {
      return Optional.empty();
    }
  }

  private static String path(ConstraintViolation<?> violation) {
    // The path of a null entry of a list ends with a node for the type argument.
    return violation.getPropertyPath().toString().replace(".<list element>", "");
  }

  private static Kind kind(ConstraintViolation<?> violation) {
    Class<? extends Annotation> constraint =
        violation.getConstraintDescriptor().getAnnotation().annotationType();
    if (constraint == NotNull.class) {
      return Kind.MISSING;
    }
    var isEmptyList = violation.getInvalidValue() instanceof List<?> list && list.isEmpty();
    return constraint == Size.class && isEmptyList ? Kind.EMPTY : Kind.INVALID;
  }

  private static List<Violation> inDocumentOrder(Map<String, Kind> found, Request request) {
    var ordered = new ArrayList<Violation>(found.size());
    walk(
        "",
        request,
        path -> {
          var kind = found.get(path);
          if (kind != null) {
            ordered.add(new Violation(kind, path));
          }
        });
    if (ordered.size() != found.size()) {
      throw new IllegalArgumentException("no such members: " + found.keySet() + " in " + ordered);
    }
    return List.copyOf(ordered);
  }

  private static void walk(String path, @Nullable Object value, Consumer<String> visit) {
    visit.accept(path);
    if (value instanceof Record record) {
      for (var component : record.getClass().getRecordComponents()) {
        var name = component.getName();
        walk(path.isEmpty() ? name : path + "." + name, member(record, name), visit);
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        walk(path + "[" + i + "]", list.get(i), visit);
      }
    }
  }

  private static @Nullable Object member(Record record, String name) {
    try {
      return record.getClass().getMethod(name).invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("a request and its records must be public", e);
    }
  }
}
