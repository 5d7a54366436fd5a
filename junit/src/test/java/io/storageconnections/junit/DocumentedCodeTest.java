package io.storageconnections.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiles the Java code in README.md, docs/embedding.md and docs/adapters.md. This module has all
 * others on its class path.
 */
final class DocumentedCodeTest {

  private static final Pattern CODE = Pattern.compile("(?ms)^```java\\R(.*?)^```$");

  /** Adds the imports, the variables and the classes that the documents omit. */
  private static final String SOURCE =
      """
      import io.javalin.Javalin;
      import io.storageconnections.adapter.connectors.*;
      import io.storageconnections.adapter.http.HttpApi;
      import io.storageconnections.adapter.http.port.TokenVerifier;
      import io.storageconnections.application.ForwardingUseCases;
      import io.storageconnections.application.UseCases;
      import io.storageconnections.application.connection.*;
      import io.storageconnections.application.contract.*;
      import io.storageconnections.application.outcome.Failure.*;
      import io.storageconnections.application.outcome.OperationFailedException;
      import io.storageconnections.application.outcome.Outcome;
      import io.storageconnections.application.outcome.Outcome.*;
      import io.storageconnections.application.port.*;
      import io.storageconnections.application.sourcefile.*;
      import io.storageconnections.architecture.AdapterRule;
      import io.storageconnections.bootstrap.SynchronizationServer;
      import io.storageconnections.domain.audit.*;
      import io.storageconnections.domain.connection.*;
      import io.storageconnections.domain.run.*;
      import io.storageconnections.embedded.*;
      import io.storageconnections.junit.ManualClock;
      import io.storageconnections.junit.StorageConnectionsExtension;
      import java.nio.file.Path;
      import java.sql.Connection;
      import java.sql.SQLException;
      import java.time.Clock;
      import java.time.Duration;
      import java.time.Instant;
      import java.time.ZoneOffset;
      import java.util.ArrayList;
      import java.util.Comparator;
      import java.util.HashMap;
      import java.util.List;
      import java.util.Map;
      import java.util.Objects;
      import java.util.Optional;
      import java.util.Queue;
      import java.util.UUID;
      import java.util.concurrent.atomic.LongAdder;
      import javax.sql.DataSource;
      import org.junit.jupiter.api.BeforeEach;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.extension.RegisterExtension;

      class Documented {
        DataSource dataSource;
        DataSource workerPool;
        StorageConnectionsService service;
        TokenVerifier tokenVerifier;
        String iModelId;
        String storageFileId;
        Caller caller;
        ConnectionRequest request;
        ConnectionId from;
        ConnectionId to;
        SourceFileId sourceFile;
        Queue<ChangeEvent> queue;
        LongAdder counter;

        record CountedUseCases(UseCases next, LongAdder creations) implements ForwardingUseCases {}

        void insertRowsOfTheHost(Connection connection, StorageConnection created) {}

        Map<IModelId, ITwinId> iTwins;

        /** Code that begins with a member is part of a store. */
        abstract static class StoreExcerpt extends StoreFields implements StorageConnectionStore {
      %members
        }

        abstract static class StoreFields {
          void record(AuditEntry entry) {}

          final Map<ConnectionId, Map<SourceFileId, SourceFile>> files = new HashMap<>();
        }

        @interface Transactional {}

        record Project() {}

        interface ProjectRepository {
          void save(Project project);
        }

        /** Code that begins with @Transactional is part of a class of a Spring Boot application. */
        abstract static class ApplicationExcerpt {
          UseCases useCases;
          Caller caller;
          ProjectRepository repository;

      %application
        }

        static class MyStore extends InMemoryStorageConnectionStore {}

        static class MyDirectory extends InMemoryIModelDirectory {
          MyDirectory(Map<IModelId, ITwinId> iTwins) {}
        }

        void run() throws Exception {
      %statements
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/embedding.md", "docs/adapters.md"})
  void the_java_code_of_a_document_compiles(String document) throws IOException {
    var snippets =
        CODE.matcher(Files.readString(Path.of("..", document)))
            .results()
            .map(code -> code.group(1))
            .toList();
    assertThat(snippets).isNotEmpty();
    for (var snippet : snippets) {
      assertThat(compilerErrors(snippet)).as(snippet).isEmpty();
    }
  }

  @Test
  void code_that_uses_a_name_that_does_not_exist_is_noticed() throws IOException {
    assertThat(compilerErrors("service.createStorageConnection();"))
        .contains("createStorageConnection");
  }

  private String compilerErrors(String snippet) throws IOException {
    var isOfStore = snippet.startsWith("private ") || snippet.startsWith("@Override");
    var isOfApplication = snippet.startsWith("@Transactional");
    var source =
        SOURCE
            .replace("%members", isOfStore ? snippet : "")
            .replace("%application", isOfApplication ? snippet : "")
            .replace("%statements", isOfStore || isOfApplication ? "" : snippet);
    var file = Files.writeString(folder.resolve("Documented.java"), source);
    var messages = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      var options =
          List.of(
              "-proc:none",
              "-d",
              folder.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      var sources = files.getJavaFileObjects(file);
      if (compiler.getTask(messages, files, null, options, null, sources).call()) {
        return "";
      }
    }
    return messages.toString();
  }
}
