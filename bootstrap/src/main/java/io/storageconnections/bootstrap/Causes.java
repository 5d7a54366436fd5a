package io.storageconnections.bootstrap;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.stream.Stream;

/** The chain of causes of a failure, as one line for the operator. */
final class Causes {

  private Causes() {}

  /** What failed, and after a colon why, down to the first cause; without a full stop. */
  static String of(Throwable failure) {
    var message = message(failure);
    var cause = failure.getCause();
    if (cause == null) {
      return message;
    }
    var reason = of(cause);
    // Many exceptions repeat the message of their cause.
    if (message.isEmpty() || reason.startsWith(message)) {
      return reason;
    }
    return message.contains(reason) ? message : message + ": " + reason;
  }

  private static String message(Throwable failure) {
    return switch (failure) {
      case FileSystemException file -> message(file);
      // Java's own message, which names the class of the cause.
      case UncheckedIOException wrapper
          when Objects.equals(wrapper.getMessage(), String.valueOf(wrapper.getCause())) ->
          "";
      default ->
          failure.getMessage() == null
              ? failure.getClass().getSimpleName()
              : failure.getMessage().strip().replaceAll("\\s+", " ").replaceAll("[.]+$", "");
    };
  }

  /** Most of them have no message but a path. */
  private static String message(FileSystemException failure) {
    var reason =
        switch (failure) {
          case AccessDeniedException denied -> "permission denied";
          case FileAlreadyExistsException exists -> "it exists, and is not a folder";
          case NoSuchFileException missing -> "no such file or folder";
          case NotDirectoryException file -> "not a folder";
          default -> "";
        };
    var more = failure.getReason() == null ? "" : failure.getReason();
    return String.join(
        ": ",
        Stream.of(failure.getFile(), reason, more)
            .filter(part -> part != null && !part.isEmpty())
            .toList());
  }
}
