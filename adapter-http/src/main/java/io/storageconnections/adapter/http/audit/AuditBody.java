package io.storageconnections.adapter.http.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.storageconnections.adapter.http.link.PagingLinks;
import io.storageconnections.adapter.http.response.ApiTime;
import io.storageconnections.application.port.Page;
import io.storageconnections.domain.audit.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of an answer with one page of an audit trail. */
record AuditBody(List<Entry> entries, @JsonProperty("_links") PagingLinks links) {

  /**
   * An entry. A member that is null is absent from the body.
   *
   * @param connectionId null if the change concerns the whole iModel
   * @param runId null if the change concerns no run
   * @param before a JSON object as it is stored; null if there were no values before the change
   * @param after a JSON object as it is stored; null if there are no values after the change
   * @param correlationId null if the request had none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      String at,
      CallerEntry caller,
      String action,
      @Nullable String connectionId,
      @Nullable String runId,
      @JsonRawValue @Nullable String before,
      @JsonRawValue @Nullable String after,
      @Nullable String correlationId) {}

  /** The caller of the request that made the change. */
  record CallerEntry(String client, String subject) {}

  /** Returns the body for one page of a list. */
  static AuditBody list(Page<AuditEntry> page, PagingLinks paging) {
    return new AuditBody(page.items().stream().map(AuditBody::entry).toList(), paging);
  }

  private static Entry entry(AuditEntry entry) {
    var origin = entry.origin();
    return new Entry(
        ApiTime.text(entry.at()),
        new CallerEntry(origin.client(), origin.subject()),
        entry.action().toString(),
        text(entry.connection()),
        text(entry.run()),
        entry.before(),
        entry.after(),
        origin.correlationId());
  }

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }
}
