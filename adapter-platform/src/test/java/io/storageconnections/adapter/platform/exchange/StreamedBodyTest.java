package io.storageconnections.adapter.platform.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

final class StreamedBodyTest {

  private final StreamedBody body = new StreamedBody(Duration.ofSeconds(60));
  private final Demand demand = new Demand();

  /** Counts the parts that the body has asked for and not received. */
  private static final class Demand implements Flow.Subscription {

    private long open;
    private boolean isCancelled;

    @Override
    public void request(long count) {
      open += count;
    }

    @Override
    public void cancel() {
      isCancelled = true;
    }
  }

  @Test
  void only_two_parts_are_in_memory_however_large_the_content_is() throws IOException {
    body.onSubscribe(demand);
    var arrived = 0;
    for (var read = 0; read < 1000; read++) {
      while (demand.open > 0) {
        demand.open--;
        arrived++;
        body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));
      }
      assertThat(arrived - read).isEqualTo(2);
      assertThat(body.readNBytes(3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void what_arrived_before_a_failure_is_read() throws IOException {
    body.onSubscribe(demand);
    body.onNext(List.of(ByteBuffer.wrap(new byte[] {1})));
    body.onError(new IOException("broken"));
    assertThat(body.read()).isEqualTo(1);
    for (var i = 0; i < 2; i++) {
      assertThatIOException().isThrownBy(body::read).withRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void the_end_stays_the_end() throws IOException {
    body.onSubscribe(demand);
    body.onComplete();
    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void closing_ends_the_transfer() {
    body.onSubscribe(demand);
    body.close();
    assertThat(demand.isCancelled).isTrue();
    assertThatIOException().isThrownBy(body::read).withMessage("the content is closed");
  }

  @Test
  void a_body_that_is_closed_before_it_begins_does_not_begin() {
    body.close();
    body.onSubscribe(demand);
    assertThat(demand.isCancelled).isTrue();
    assertThat(demand.open).isZero();
  }
}
