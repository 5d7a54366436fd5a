package io.storageconnections.adapter.auth.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class DiscoveryDocumentTest {

  @Test
  void the_document_is_below_the_issuer_with_or_without_a_trailing_slash() {
    var address = "https://ims.example/a/.well-known/openid-configuration";
    assertThat(DiscoveryDocument.addressFor(URI.create("https://ims.example/a")))
        .hasToString(address);
    assertThat(DiscoveryDocument.addressFor(URI.create("https://ims.example/a/")))
        .hasToString(address);
  }
}
