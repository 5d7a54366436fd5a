package io.storageconnections.application.port.in;

import io.storageconnections.application.validation.Parses;
import io.storageconnections.application.validation.Request;
import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it was asked for, not yet judged: any member may be null or malformed. The
 * constraints say what a valid one is, the order of the members is that of the documented example.
 *
 * <p>Source: create-storage-connection.txt, "Storage Connection (create)".
 *
 * @param displayName the text form of a {@link DisplayName}; absent means that nobody names it
 * @param iModelId the text form of the {@link IModelId} to synchronize to; required
 * @param authenticationType the text form of an {@link AuthenticationType}; absent means {@code
 *     User}
 * @param sourceFiles the files to synchronize; required, 1 to {@link #SOURCE_FILES_MAX}
 * @param mistyped as {@link Request#mistyped()} says
 */
public record ConnectionRequest(
    @Parses(DisplayName.class) @Nullable String displayName,
    @NotNull @Parses(IModelId.class) @Nullable String iModelId,
    @Parses(AuthenticationType.class) @Nullable String authenticationType,
    @NotNull @Size(min = 1, max = SOURCE_FILES_MAX)
        @Nullable List<@NotNull @Valid @Nullable SourceFileRequest> sourceFiles,
    Set<String> mistyped)
    implements Request {

  /**
   * The most files one request may name. The original allows 250 for a whole iModel; ours is there
   * so that judging a request has a bounded cost, which for entries that are null or mistyped grows
   * with their square: Hibernate Validator's violations of that kind have one hash code.
   */
  public static final int SOURCE_FILES_MAX = 1_000;

  /** Copies what can change. */
  public ConnectionRequest {
    // List.copyOf would refuse the null entries that are still to be judged.
    sourceFiles =
        sourceFiles == null ? null : Collections.unmodifiableList(new ArrayList<>(sourceFiles));
    // Set.copyOf would look for a place step by step, which takes long for paths that are so alike.
    mistyped = Collections.unmodifiableSet(new HashSet<>(mistyped));
  }

  /**
   * A request from Java, whose types the compiler has checked.
   *
   * @param displayName the text form of a {@link DisplayName}; absent means that nobody names it
   * @param iModelId the text form of the {@link IModelId} to synchronize to; required
   * @param authenticationType the text form of an {@link AuthenticationType}; absent means {@code
   *     User}
   * @param sourceFiles the files to synchronize; required, 1 to {@link #SOURCE_FILES_MAX}
   */
  public ConnectionRequest(
      @Nullable String displayName,
      @Nullable String iModelId,
      @Nullable String authenticationType,
      @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
    this(displayName, iModelId, authenticationType, sourceFiles, Set.of());
  }
}
