package io.storageconnections.platform.application.storage;

import static java.util.Objects.requireNonNull;

import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.validation.Violations;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Validates the names and descriptions of files, or of folders.
 *
 * @param name parses a name
 */
record ItemValidation(Function<String, ItemName> name) {

  static final ItemValidation FILE = new ItemValidation(ItemName::ofFile);
  static final ItemValidation FOLDER = new ItemValidation(ItemName::ofFolder);

  /** The name and the description of a new item. */
  record Described(ItemName name, @Nullable String description) {}

  /** The new name and description of an item; what is null stays. */
  record Changed(@Nullable ItemName name, @Nullable String description) {}

  Outcome<Described> ofCreation(ItemRequest request) {
    var violations = new Violations(request.mistyped());
    var parsed = violations.required("displayName", request.displayName(), name);
    var description =
        violations.optional("description", request.description(), StorageItem::parseDescription);
    return violations.isEmpty()
        ? Outcome.success(new Described(requireNonNull(parsed), description))
        : violations.failed();
  }

  Outcome<Changed> ofChange(ItemRequest request) {
    var violations = new Violations(request.mistyped());
    var parsed = violations.optional("displayName", request.displayName(), name);
    var description =
        violations.optional("description", request.description(), StorageItem::parseDescription);
    return violations.isEmpty()
        ? Outcome.success(new Changed(parsed, description))
        : violations.failed();
  }
}
