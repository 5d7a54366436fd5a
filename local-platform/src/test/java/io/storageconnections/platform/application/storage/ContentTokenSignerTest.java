package io.storageconnections.platform.application.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.storage.ContentToken.Verb;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTokenSignerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ContentToken TOKEN =
      new ContentToken(
          Verb.UPLOAD,
          StorageFileId.parse("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA"),
          UUID.fromString("297c8ab9-53a3-4fe5-adf8-79b4c1a95cbb"),
          NOW.plusSeconds(3600));

  private final ContentTokenSigner signer = new ContentTokenSigner("0f".repeat(32));
  private final String text = signer.sign(TOKEN);

  @Test
  void a_token_survives_its_text_form_which_is_one_segment_of_a_path() {
    assertThat(text).matches("[A-Za-z0-9_-]{120}");
    assertThat(signer.verify(text, Verb.UPLOAD, NOW)).contains(TOKEN);
    assertThat(new ContentTokenSigner("0f".repeat(32)).verify(text, Verb.UPLOAD, NOW))
        .contains(TOKEN);
  }

  @Test
  void a_token_is_refused_if_any_bit_is_changed() {
    var bytes = Base64.getUrlDecoder().decode(text);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      var changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(signer.verify(forged, Verb.UPLOAD, NOW)).as("bit %d", bit).isEmpty();
      assertThat(signer.verify(forged, Verb.DOWNLOAD, NOW)).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void a_token_is_refused_if_any_character_is_changed() {
    for (int index = 0; index < text.length(); index++) {
      var other = text.charAt(index) == 'A' ? 'B' : 'A';
      var forged = text.substring(0, index) + other + text.substring(index + 1);
      assertThat(signer.verify(forged, Verb.UPLOAD, NOW)).as("character %d", index).isEmpty();
    }
  }

  @Test
  void a_token_permits_one_verb() {
    assertThat(signer.verify(text, Verb.DOWNLOAD, NOW)).isEmpty();
  }

  @Test
  void a_token_is_valid_until_it_expires() {
    assertThat(signer.verify(text, Verb.UPLOAD, TOKEN.expiry().minusMillis(1))).isPresent();
    assertThat(signer.verify(text, Verb.UPLOAD, TOKEN.expiry())).isEmpty();
  }

  @Test
  void a_token_of_another_key_is_refused() {
    var other = new ContentTokenSigner("0e".repeat(32)).sign(TOKEN);
    assertThat(signer.verify(other, Verb.UPLOAD, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../etc/passwd", "%00", "=", "A", "ä"})
  void a_text_that_is_no_token_is_refused(String other) {
    assertThat(signer.verify(other, Verb.UPLOAD, NOW)).isEmpty();
    assertThat(signer.verify(other.repeat(120), Verb.UPLOAD, NOW)).isEmpty();
    assertThat(signer.verify(text + other + " ", Verb.UPLOAD, NOW)).isEmpty();
  }

  @Test
  void padding_is_refused() {
    assertThat(signer.verify(text.substring(0, 118) + "==", Verb.UPLOAD, NOW)).isEmpty();
  }

  @Test
  void a_key_has_32_bytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ContentTokenSigner("0f"));
  }
}
