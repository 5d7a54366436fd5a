package io.storageconnections.platform.application.access;

import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Permission;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.application.outcome.Failure.Forbidden;
import io.storageconnections.platform.application.outcome.Failure.IModelNotFound;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.port.IModelStore;
import io.storageconnections.platform.application.port.ITwinStore;
import io.storageconnections.platform.application.port.MemberStore;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller may do. Thread-safe.
 *
 * @param everyCallerOwnsAll whether every caller counts as an owner of every iTwin; otherwise the
 *     members of the iTwin decide
 */
public record Permissions(
    ITwinStore iTwins, MemberStore members, IModelStore iModels, boolean everyCallerOwnsAll) {

  /** Returns the role of a caller; empty if the iTwin does not exist for the caller. */
  public Optional<Role> roleOf(Caller caller, ITwinId iTwin) {
    return roleOf(subjectOf(caller), iTwin);
  }

  /** Returns the role of a subject; empty if the iTwin does not exist for the subject. */
  public Optional<Role> roleOf(Subject subject, ITwinId iTwin) {
    return roleOf(Optional.of(subject), iTwin);
  }

  private Optional<Role> roleOf(Optional<Subject> subject, ITwinId iTwin) {
    return everyCallerOwnsAll
        ? iTwins.find(iTwin).map(found -> Role.OWNER)
        : subject.flatMap(known -> members.roleOf(iTwin, known));
  }

  /**
   * Returns the iTwin of a text form, if the caller may do what {@code needed} may. Fails with
   * {@link ITwinNotFound}, also if {@code text} is no id, or with {@link Forbidden}.
   */
  public Outcome<ITwinId> iTwin(Caller caller, String text, Role needed) {
    ITwinId id;
    try {
      id = ITwinId.parse(text);
    } catch (IllegalArgumentException notAnId) {
      return Outcome.failed(new ITwinNotFound());
    }
    return Outcome.of(roleOf(caller, id), new ITwinNotFound())
        .flatMap(role ->
            allows(caller, role, needed) ? Outcome.success(id) : Outcome.failed(new Forbidden()));
  }

  /**
   * Returns the iModel of a text form, if the caller may do what {@code needed} may. Fails with
   * {@link IModelNotFound}, also if {@code text} is no id, or with {@link Forbidden}.
   */
  public Outcome<IModel> iModel(Caller caller, String text, Role needed) {
    IModelId id;
    try {
      id = IModelId.parse(text);
    } catch (IllegalArgumentException notAnId) {
      return Outcome.failed(new IModelNotFound());
    }
    var found = iModels.find(id, subjectOf(caller).orElse(null)).orElse(null);
    @Nullable Role role = found == null ? null : roleIn(found);
    if (found == null || role == null) {
      return Outcome.failed(new IModelNotFound());
    }
    return allows(caller, role, needed)
        ? Outcome.success(found.iModel())
        : Outcome.failed(new Forbidden());
  }

  /** Returns whether a caller with a role may do what {@code needed} may. */
  public static boolean allows(Caller caller, Role role, Role needed) {
    return role.includes(needed) && permits(caller, needed);
  }

  /**
   * Returns whether the service permits a caller, whichever role the caller has in an iTwin, to do
   * what {@code needed} may.
   */
  public static boolean permits(Caller caller, Role needed) {
    return caller
        .permissions()
        .contains(needed == Role.READER ? Permission.READ : Permission.WRITE);
  }

  /** Returns the role of the caller for whom the iModel was found; null if there is none. */
  public @Nullable Role roleIn(IModelStore.Found found) {
    return everyCallerOwnsAll ? Role.OWNER : found.role();
  }

  /** Returns the subject of a caller; empty if it cannot be stored, so that it is no member. */
  public static Optional<Subject> subjectOf(Caller caller) {
    try {
      return Optional.of(Subject.parse(caller.subject()));
    } catch (IllegalArgumentException notStorable) {
      return Optional.empty();
    }
  }
}
