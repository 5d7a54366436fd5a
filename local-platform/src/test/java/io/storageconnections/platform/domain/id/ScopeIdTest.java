package io.storageconnections.platform.domain.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.IModelId;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeIdTest {

  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000001");

  @ParameterizedTest
  @ValueSource(strings = {"f8", "f9", "fa", "fb"})
  void an_id_whose_connections_would_begin_with_a_minus_sign_is_not_chosen(String fourthByte) {
    var unusable = UUID.fromString("000000" + fourthByte + "-0000-4000-8000-000000000001");
    assertThat(new ConnectionId(new IModelId(unusable), OTHER).toString()).startsWith("-");
    var ids = IntStream.range(0, 2).mapToObj(i -> i == 0 ? unusable : OTHER).iterator();
    assertThat(ScopeId.next(ids::next)).isEqualTo(OTHER);
  }

  @Test
  void every_other_id_is_chosen() {
    for (int fourthByte = 0; fourthByte < 0x100; fourthByte++) {
      var id = new UUID((long) fourthByte << 32 | 0x4000, OTHER.getLeastSignificantBits());
      if (fourthByte < 0xf8 || fourthByte > 0xfb) {
        assertThat(ScopeId.next(() -> id)).isEqualTo(id);
        assertThat(new ConnectionId(new IModelId(id), OTHER).toString()).doesNotStartWith("-");
      }
    }
  }
}
