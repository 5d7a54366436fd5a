package io.storageconnections.application.validation;

import io.storageconnections.application.validation.Violation.Kind;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests: the only place where input is. Asks Bean Validation for everything that is wrong
 * and reports it in document order, each place once. Safe for use by several threads.
 */
public final class Requests {

  private final Validator validator;

  /**
   * Lets a validator judge.
   *
   * @param validator Hibernate Validator's, whose spelling of paths is relied on; thread-safe
   */
  public Requests(Validator validator) {
    this.validator = validator;
  }

  /**
   * Judges a request.
   *
   * @param request a record, as are the entries of its lists
   * @return all that is wrong with {@code request}, in the order of its members; empty if it is
   *     valid
   * @throws IllegalArgumentException if something is wrong and {@code request} is no public record,
   *     or it calls a member mistyped that it does not have
   */
  public List<Violation> violations(Request request) {
    var found = new HashMap<String, Kind>();
    for (var violation : validator.validate(request)) {
      found.put(path(violation), kind(violation));
    }
    // Such a member is null here, so that its constraint, if any, can only call it missing.
    request.mistyped().forEach(path -> found.put(path, Kind.INVALID));
    return found.isEmpty() ? List.of() : inDocumentOrder(found, request);
  }

  /**
   * Reads a member of a valid request, where parsing cannot fail.
   *
   * @param <T> what the member says
   * @param text the member; null if it is absent
   * @param parse reads the text form
   * @return what {@code parse} makes of {@code text}; null if that is null
   * @throws IllegalArgumentException if the request is not valid after all, as {@code parse} does
   */
  public static <T> @Nullable T parsed(@Nullable String text, Function<String, T> parse) {
    return text == null ? null : parse.apply(text);
  }

  private static String path(ConstraintViolation<?> violation) {
    // Where a list's entry is null, the path ends with a node for the type argument.
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
