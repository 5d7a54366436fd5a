package io.storageconnections.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say of the code is still there. */
final class DocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DECISIONS = ROOT.resolve("docs/decisions");

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)#]+)[^)]*\\)");
  private static final Pattern NAME = Pattern.compile("\\w+");

  static List<Path> documents() throws IOException {
    try (var docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(path -> path.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  /** A link to a source is named after what is found there, such as {@code Type.method}. */
  @ParameterizedTest
  @MethodSource("documents")
  void every_link_leads_to_what_it_names(Path document) throws IOException {
    var links = LINK.matcher(Files.readString(document)).results().toList();
    for (var link : links) {
      if (link.group(2).contains("://")) {
        continue;
      }
      var target = document.resolveSibling(link.group(2));
      assertThat(target).as(link.group()).exists();
      if (target.toString().endsWith(".java")) {
        var found = names(Files.readString(target));
        assertThat(names(link.group(1))).as(link.group()).allMatch(found::contains);
      }
    }
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @Test
  void every_decision_is_listed_and_says_why_what_and_at_what_cost() throws IOException {
    var list = Files.readString(DECISIONS.resolve("README.md"));
    try (var files = Files.list(DECISIONS)) {
      var decisions = files.filter(path -> !path.endsWith("README.md")).sorted().toList();
      assertThat(decisions).isNotEmpty();
      for (var decision : decisions) {
        assertThat(list).contains("(" + decision.getFileName() + ")");
        assertThat(Files.readString(decision))
            .as("%s", decision)
            .contains("**Context.**", "**Decision.**", "**Cost.**");
      }
    }
  }
}
