package io.storageconnections.application.connection;

import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.validation.ParsableAs;
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
 * A requested connection, not yet validated: any member may be null or malformed. The constraints
 * say what a valid request is; the order of the members is that of the documented example. The
 * documented API calls it <em>Storage Connection (create)</em>.
 *
 * @param displayName the text form of a {@link DisplayName}; null if absent
 * @param iModelId the text form of the {@link IModelId} to synchronize to; required
 * @param authenticationType the text form of an {@link AuthenticationType}; null means {@code User}
 * @param sourceFiles the files to synchronize; required, 1 to {@link SourceFileRequest#FILES_MAX}
 * @param mistyped see {@link Request#mistyped()}
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/create-storage-connection">The
 *     documented operation</a>
 */
public record ConnectionRequest(
    @ParsableAs(DisplayName.class) @Nullable String displayName,
    @NotNull @ParsableAs(IModelId.class) @Nullable String iModelId,
    @ParsableAs(AuthenticationType.class) @Nullable String authenticationType,
    @NotNull @Size(min = 1, max = SourceFileRequest.FILES_MAX)
        @Nullable List<@NotNull @Valid @Nullable SourceFileRequest> sourceFiles,
    Set<String> mistyped)
    implements Request {

  /** Copies the collections. */
  public ConnectionRequest {
    // List.copyOf refuses the null entries that are still to be validated.
    sourceFiles =
        sourceFiles == null ? null : Collections.unmodifiableList(new ArrayList<>(sourceFiles));
    // Set.copyOf probes linearly, which is slow for paths with such similar hash codes.
    mistyped = Collections.unmodifiableSet(new HashSet<>(mistyped));
  }

  /**
   * Creates a request from Java, where the compiler has checked the types.
   *
   * @param displayName the text form of a {@link DisplayName}; null if absent
   * @param iModelId the text form of the {@link IModelId} to synchronize to; required
   * @param authenticationType the text form of an {@link AuthenticationType}; null means {@code
   *     User}
   * @param sourceFiles the files to synchronize; required, 1 to {@link SourceFileRequest#FILES_MAX}
   */
  public ConnectionRequest(
      @Nullable String displayName,
      @Nullable String iModelId,
      @Nullable String authenticationType,
      @Nullable List<@Nullable SourceFileRequest> sourceFiles) {
    this(displayName, iModelId, authenticationType, sourceFiles, Set.of());
  }

  /**
   * Creates a request from parsed values, for a connection without a name that synchronizes with
   * the permissions of the user.
   *
   * @param iModel the iModel to synchronize to
   * @param sourceFiles the files to synchronize, 1 to {@link SourceFileRequest#FILES_MAX}
   * @return the request, to which {@link #withDisplayName} and {@link #withAuthenticationType} add
   *     the other members
   */
  public static ConnectionRequest of(IModelId iModel, List<SourceFileRequest> sourceFiles) {
    return new ConnectionRequest(null, iModel.toString(), null, List.copyOf(sourceFiles));
  }

  /**
   * Returns this request with a display name.
   *
   * @param name the name of the connection
   * @return the new request
   */
  public ConnectionRequest withDisplayName(DisplayName name) {
    return new ConnectionRequest(name.value(), iModelId, authenticationType, sourceFiles, mistyped);
  }

  /**
   * Returns this request with an authentication type.
   *
   * @param type whose permissions the synchronization uses
   * @return the new request
   */
  public ConnectionRequest withAuthenticationType(AuthenticationType type) {
    return new ConnectionRequest(displayName, iModelId, type.toString(), sourceFiles, mistyped);
  }
}
