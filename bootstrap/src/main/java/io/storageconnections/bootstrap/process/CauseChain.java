package io.storageconnections.bootstrap.process;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.stream.Stream;

/** Describes a failure and its causes in one line for the operator. */
public final class CauseChain {

  private CauseChain() {}

  /**
   * Describes a failure.
   *
   * @param failure the failure
   * @return the messages of the failure and its causes, outermost first, separated by colons, in
   *     one line and without a full stop; a message that another one contains is left out
   */
  public static String describe(Throwable failure) {
    var message = message(failure);
    var cause = failure.getCause();
    if (cause == null) {
      return message;
    }
    var reason = describe(cause);
    // Many exceptions repeat the message of their cause.
    if (message.isEmpty() || reason.startsWith(message)) {
      return reason;
    }
    return message.contains(reason) ? message : message + ": " + reason;
  }

  private static String message(Throwable failure) {
    return switch (failure) {
      case FileSystemException file -> message(file);
      // The default message repeats the cause and the name of its class.
      case UncheckedIOException wrapper
          when Objects.equals(wrapper.getMessage(), String.valueOf(wrapper.getCause())) ->
          "";
      default ->
          failure.getMessage() == null
              ? failure.getClass().getSimpleName()
              : failure.getMessage().strip().replaceAll("\\s+", " ").replaceAll("[.]+$", "");
    };
  }

  /** The message of most file system exceptions is only a path. */
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
