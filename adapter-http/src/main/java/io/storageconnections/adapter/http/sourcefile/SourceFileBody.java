package io.storageconnections.adapter.http.sourcefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.storageconnections.adapter.http.link.Link;
import io.storageconnections.adapter.http.link.Links;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.request.Preference;
import io.storageconnections.adapter.http.response.ETag;
import io.storageconnections.application.port.Page;
import io.storageconnections.domain.connection.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with one source file. {@code lastKnownFileName} is null if the server does
 * not know the name of the Storage file.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-sourcefile">The
 *     documented body</a>
 */
public record SourceFileBody(Entry sourceFile) {

  /**
   * A source file with all its members.
   *
   * @param lastKnownFileName the name of the Storage file when it was last mapped; null if it is
   *     not known
   * @param etag the ETag of an entry of a list, which has no header of its own; null, and absent
   *     from the body, in other answers. An addition of this project
   */
  public record Entry(
      String id,
      String storageFileId,
      String connectorType,
      @Nullable String lastKnownFileName,
      @JsonProperty("_links") FileLinks links,
      @JsonProperty("_etag") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag) {}

  /**
   * An entry of a list for a client that does not ask for {@code return=representation}.
   *
   * @param lastKnownFileName as in {@link Entry}
   */
  public record Summary(
      String id,
      String storageFileId,
      @Nullable String lastKnownFileName,
      @JsonProperty("_links") FileLinks links) {}

  /** The links of a source file. */
  public record FileLinks(Link file) {}

  /**
   * The body of an answer with one page of source files.
   *
   * @param sourceFiles only {@link Entry}s, or only {@link Summary}s
   */
  public record SourceFiles(List<?> sourceFiles, @JsonProperty("_links") PagingLinks links) {}

  /** The body of the answer to a request that added a list of source files. */
  public record Added(List<Entry> sourceFiles) {}

  /** Returns the body for one source file. */
  public static SourceFileBody of(SourceFile file, Links links) {
    return new SourceFileBody(entry(file, links, null));
  }

  /** Returns the body for source files that one request added. */
  public static Added added(List<SourceFile> files, Links links) {
    return new Added(entries(files, links));
  }

  /** Returns the body for one page of a list. */
  public static SourceFiles list(
      Page<SourceFile> page, Preference preference, PagingLinks paging, Links links) {
    return new SourceFiles(
        switch (preference) {
          case MINIMAL -> page.items().stream().map(file -> summary(file, links)).toList();
          case REPRESENTATION -> entries(page.items(), links);
        },
        paging);
  }

  private static List<Entry> entries(List<SourceFile> files, Links links) {
    return files.stream().map(file -> entry(file, links, ETag.of(file).text())).toList();
  }

  private static Summary summary(SourceFile file, Links links) {
    return new Summary(
        file.id().toString(), file.storageFileId().toString(), name(file), fileLinks(file, links));
  }

  private static Entry entry(SourceFile file, Links links, @Nullable String etag) {
    return new Entry(
        file.id().toString(),
        file.storageFileId().toString(),
        file.connectorType().name(),
        name(file),
        fileLinks(file, links),
        etag);
  }

  private static @Nullable String name(SourceFile file) {
    var name = file.lastKnownFileName();
    return name == null ? null : name.value();
  }

  private static FileLinks fileLinks(SourceFile file, Links links) {
    return new FileLinks(new Link(links.file(file.storageFileId())));
  }
}
