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
 * A source file on the wire. {@code lastKnownFileName} is null, for nothing here knows the names of
 * Storage files.
 *
 * <p>Source: api-contract.md, sections 2 and 8 (recommendation 16).
 */
public record SourceFileBody(Entry sourceFile) {

  /**
   * All that is told of one.
   *
   * @param etag of an entry of a list, which has no header of its own; ours
   */
  public record Entry(
      String id,
      String storageFileId,
      String connectorType,
      @Nullable String lastKnownFileName,
      @JsonProperty("_links") FileLinks links,
      @JsonProperty("_etag") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag) {}

  /** What is told of one in a list if nobody asks for more. */
  public record Summary(
      String id,
      String storageFileId,
      @Nullable String lastKnownFileName,
      @JsonProperty("_links") FileLinks links) {}

  public record FileLinks(Link file) {}

  /**
   * A list of them.
   *
   * @param sourceFiles each a {@link Entry}, or each a {@link Summary}
   */
  public record SourceFiles(List<?> sourceFiles, @JsonProperty("_links") PagingLinks links) {}

  /** Several that were added at once. */
  public record Added(List<Entry> sourceFiles) {}

  public static SourceFileBody of(SourceFile file, Links links) {
    return new SourceFileBody(entry(file, links, null));
  }

  public static Added added(List<SourceFile> files, Links links) {
    return new Added(entries(files, links));
  }

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
    return files.stream()
        .map(file -> entry(file, links, ETag.ofRevision(file.revision()).text()))
        .toList();
  }

  private static Summary summary(SourceFile file, Links links) {
    return new Summary(
        file.id().toString(), file.storageFileId().toString(), null, fileLinks(file, links));
  }

  private static Entry entry(SourceFile file, Links links, @Nullable String etag) {
    return new Entry(
        file.id().toString(),
        file.storageFileId().toString(),
        file.connectorType().name(),
        null,
        fileLinks(file, links),
        etag);
  }

  private static FileLinks fileLinks(SourceFile file, Links links) {
    return new FileLinks(new Link(links.file(file.storageFileId())));
  }
}
