package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.originOwner;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructorWhere;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Collection;
import java.util.Map;

/** What ArchUnit has no words for. */
final class Conditions {

  private Conditions() {}

  /** ArchUnit's own condition leaves {@code Error} out. */
  static ArchCondition<JavaClass> throwGenericExceptions() {
    return GeneralCodingRules.THROW_GENERIC_EXCEPTIONS.or(
        callConstructorWhere(
            targetOwner(type(Error.class)).and(originOwner(not(assignableTo(Error.class))))));
  }

  /**
   * For static fields. What a final field of an interface's type holds cannot be seen; so none may
   * stand in a class whose initializer makes a collection that can be changed.
   */
  static ArchCondition<JavaField> holdWhatNeverChanges() {
    return new ArchCondition<>("hold what never changes") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                field, neverChanges(field), field.getDescription() + " can change"));
      }
    };
  }

  private static boolean neverChanges(JavaField field) {
    var type = field.getRawType();
    return field.getModifiers().contains(JavaModifier.FINAL)
        && !type.isArray()
        && !canChange(type)
        && !(isCollection(type) && makesWhatCanChange(field.getOwner()));
  }

  private static boolean makesWhatCanChange(JavaClass owner) {
    return owner.getStaticInitializer().stream()
        .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
        .anyMatch(call -> canChange(call.getTargetOwner()));
  }

  private static boolean canChange(JavaClass type) {
    return type.getPackageName().equals("java.util.concurrent.atomic")
        || type.isAssignableTo(ThreadLocal.class)
        || type.isAssignableTo(StringBuilder.class)
        || (isCollection(type) && !type.isInterface());
  }

  private static boolean isCollection(JavaClass type) {
    return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
  }
}
