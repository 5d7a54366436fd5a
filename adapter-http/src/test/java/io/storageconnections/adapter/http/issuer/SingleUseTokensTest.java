package io.storageconnections.adapter.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.adapter.http.fixture.TestIssuer;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SingleUseTokensTest {

  private final TestIssuer issuer = new TestIssuer();
  private final SingleUseTokens<Integer> tokens =
      new SingleUseTokens<>(3, Duration.ofMinutes(1), issuer.clock());

  @Test
  void token_is_taken_once() {
    var token = tokens.add(1);
    assertThat(tokens.find(token)).contains(1);
    assertThat(tokens.find(token)).contains(1);
    assertThat(tokens.take(token)).contains(1);
    assertThat(tokens.find(token)).isEmpty();
    assertThat(tokens.take(token)).isEmpty();
  }

  @Test
  void expired_token_is_not_found() {
    var token = tokens.add(1);
    issuer.pass(Duration.ofMinutes(1));
    assertThat(tokens.find(token)).isEmpty();
    assertThat(tokens.take(token)).isEmpty();
  }

  @Test
  void oldest_token_is_dropped_if_there_are_too_many() {
    var first = tokens.add(1);
    var second = tokens.add(2);
    tokens.add(3);
    var fourth = tokens.add(4);
    assertThat(tokens.find(first)).isEmpty();
    assertThat(tokens.find(second)).contains(2);
    assertThat(tokens.find(fourth)).contains(4);
  }

  @Test
  void tokens_of_equal_values_differ() {
    var different = new HashSet<String>();
    for (int i = 0; i < 1_000; i++) {
      different.add(tokens.add(1));
    }
    assertThat(different).hasSize(1_000).allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void only_one_of_several_threads_takes_a_token() throws Exception {
    int threads = 8;
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 100; round++) {
        var token = tokens.add(round);
        var barrier = new CyclicBarrier(threads);
        Callable<Boolean> take =
            () -> {
              barrier.await();
              return tokens.take(token).isPresent();
            };
        int taken = 0;
        for (var result : executor.invokeAll(Stream.generate(() -> take).limit(threads).toList())) {
          taken += result.get() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
      }
    }
  }
}
