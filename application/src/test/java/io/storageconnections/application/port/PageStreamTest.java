package io.storageconnections.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PageStreamTest {

  private final List<Integer> list = new ArrayList<>();
  private int pagesRead;

  private void fill(int count) {
    IntStream.range(0, count).forEach(list::add);
  }

  private Page<Integer> page(PageRequest request) {
    pagesRead++;
    return Page.of(list, request);
  }

  private Stream<Integer> stream() {
    return Page.stream(this::page, Comparator.naturalOrder());
  }

  @Test
  void an_empty_list_is_an_empty_stream() {
    assertThat(stream()).isEmpty();
    assertThat(pagesRead).isEqualTo(1);
  }

  @Test
  void entries_of_several_pages_occur_once_and_in_order() {
    for (int count : List.of(1, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 3_500)) {
      list.clear();
      fill(count);
      assertThat(stream()).isEqualTo(list);
    }
  }

  @Test
  void pages_are_read_only_when_they_are_needed() {
    fill(5_000);
    assertThat(stream().limit(1_500).toList()).hasSize(1_500);
    assertThat(pagesRead).isEqualTo(2);
  }

  @Test
  void a_removal_of_earlier_entries_hides_no_later_entry() {
    for (int removed : List.of(1, 500, 999, 1_000)) {
      list.clear();
      fill(3_000);
      var seen = new ArrayList<Integer>();
      stream()
          .forEach(entry -> {
            seen.add(entry);
            if (entry == 999) {
              list.subList(0, removed).clear();
            }
          });
      assertThat(seen).hasSize(3_000).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void a_reader_may_leave_entries_out() {
    fill(3_500);
    for (var kept : List.<IntPredicate>of(i -> i >= 2_000, i -> i % 2 == 0, i -> i < 1_001)) {
      assertThat(
              Page.stream(
                  request -> {
                    var page = Page.of(list, request);
                    var items = page.items().stream().filter(kept::test).toList();
                    return new Page<>(items, page.preceding(), page.more());
                  },
                  Comparator.<Integer>naturalOrder()))
          .isEqualTo(list.stream().filter(kept::test).toList());
    }
  }

  @Test
  void the_stream_ends_if_all_entries_are_removed() {
    fill(2_500);
    assertThat(stream().peek(entry -> list.clear()).count()).isBetween(1L, 1_000L);
  }

  @Test
  void entries_that_are_added_at_the_end_are_included() {
    fill(1_500);
    var seen = new ArrayList<Integer>();
    stream()
        .forEach(entry -> {
          seen.add(entry);
          if (entry == 10) {
            list.add(1_500);
          }
        });
    assertThat(seen).hasSize(1_501);
  }
}
