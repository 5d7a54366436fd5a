package io.storageconnections.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The conditions that ArchUnit does not have. */
final class Conditions {

  private Conditions() {}

  /**
   * The value of a static field never changes. The content of a final field of an interface type is
   * unknown; therefore such a field must not stand in a class whose static initializer creates a
   * mutable collection.
   */
  static ArchCondition<JavaField> neverChange() {
    return new ArchCondition<>("never change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                field, neverChanges(field), field.getDescription() + " can change"));
      }
    };
  }

  /**
   * A class depends on another one, and the two match. The condition is for {@code noClasses()}.
   */
  static ArchCondition<JavaClass> depend(String description, Predicate<Dependency> dependency) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        for (var found : origin.getDirectDependenciesFromSelf()) {
          events.add(
              new SimpleConditionEvent(found, dependency.test(found), found.getDescription()));
        }
      }
    };
  }

  /**
   * The supertypes of a class, or the signature of a public or protected member, contain a type
   * that matches. The condition is for {@code noClasses()}.
   */
  static ArchCondition<JavaClass> expose(DescribedPredicate<JavaClass> type) {
    return new ArchCondition<>("expose classes that " + type.getDescription()) {
      @Override
      public void check(JavaClass candidate, ConditionEvents events) {
        var supertypes =
            Stream.concat(candidate.getSuperclass().stream(), candidate.getInterfaces().stream());
        report(candidate, candidate.getDescription(), supertypes, events);
        for (var member : candidate.getMembers()) {
          if (hasAny(member, PUBLIC, PROTECTED)) {
            report(candidate, member.getDescription(), signature(member), events);
          }
        }
      }

      private void report(
          JavaClass owner, String what, Stream<? extends JavaType> types, ConditionEvents events) {
        types
            .flatMap(used -> used.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .distinct()
            .forEach(used ->
                events.add(
                    new SimpleConditionEvent(
                        owner, type.test(used), what + " exposes <" + used.getName() + ">")));
      }
    };
  }

  private static boolean hasAny(JavaMember member, JavaModifier... modifiers) {
    return Stream.of(modifiers).anyMatch(member.getModifiers()::contains);
  }

  private static Stream<JavaType> signature(JavaMember member) {
    return switch (member) {
      case JavaCodeUnit code ->
          Stream.concat(
              Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream()),
              code.getExceptionTypes().stream());
      case JavaField field -> Stream.of(field.getType());
      default -> Stream.empty();
    };
  }

  private static boolean neverChanges(JavaField field) {
    var type = field.getRawType();
    return field.getModifiers().contains(JavaModifier.FINAL)
        && !type.isArray()
        && !isMutable(type)
        && !(isCollection(type) && createsMutableObjects(field.getOwner()));
  }

  private static boolean createsMutableObjects(JavaClass owner) {
    return owner.getStaticInitializer().stream()
        .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
        .anyMatch(call -> isMutable(call.getTargetOwner()));
  }

  private static boolean isMutable(JavaClass type) {
    return type.getPackageName().equals("java.util.concurrent.atomic")
        || type.isAssignableTo(ThreadLocal.class)
        || type.isAssignableTo(StringBuilder.class)
        || (isCollection(type) && !type.isInterface());
  }

  private static boolean isCollection(JavaClass type) {
    return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
  }
}
