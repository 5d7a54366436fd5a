package io.storageconnections.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route.FulfillOptions;
import io.storageconnections.bootstrap.jar.JarProcess;
import io.storageconnections.browser.fixture.ConsolePage;
import io.storageconnections.browser.fixture.ConsoleServer;
import io.storageconnections.browser.fixture.HeldRequests;
import io.storageconnections.browser.fixture.TestBrowser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to sign in at the console. The issuer of the second server is the development issuer of
 * the first.
 */
final class ConsoleSignInIT {

  private static final String REFUSAL =
      "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"The token has expired.\"}}";

  @RegisterExtension private static final TestBrowser BROWSER = new TestBrowser();

  @TempDir private static Path folder;
  @TempDir private static Path otherFolder;
  private static ConsoleServer issuer;
  private static JarProcess relyingServer;

  @BeforeAll
  static void serve() throws Exception {
    issuer = ConsoleServer.start(folder, Map.of());
    relyingServer =
        JarProcess.run(
            otherFolder,
            Map.of(
                "STORAGE_CONNECTIONS_HTTP_PORT", "0",
                "STORAGE_CONNECTIONS_AUTH_ISSUER", issuer.url(),
                "STORAGE_CONNECTIONS_CONSOLE_CLIENT_ID", "console"),
            "serve");
  }

  @AfterAll
  static void kill() throws InterruptedException {
    relyingServer.kill();
    issuer.kill();
  }

  @Test
  void a_person_signs_in_at_an_issuer_and_returns_to_the_place_of_before() throws Exception {
    var iModel = ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var url = relyingServer.url();
    var console = ConsolePage.open(BROWSER.page(), url, "/console#/imodels/" + iModel);
    assertThat(console.page().getByText("You sign in at " + issuer.url())).isVisible();
    console.button("Sign in").click();
    assertThat(console.title()).hasText(iModel);
    assertThat(console.page()).hasURL(url + "/console#/imodels/" + iModel);
    assertThat(stored(console)).doesNotContain("eyJ");
    assertThat(console.page().context().cookies()).isEmpty();
    console.page().reload();
    assertThat(console.button("Sign in")).isVisible();
  }

  @Test
  void a_token_of_an_issuer_is_renewed_silently() throws Exception {
    var console = ConsolePage.open(BROWSER.page(), relyingServer.url(), "/console");
    console.button("Sign in").click();
    assertThat(console.button("Sign out")).isVisible();
    var renewals = new AtomicInteger();
    console
        .page()
        .onRequest(request -> {
          var body = request.postData();
          if (body != null && body.contains("grant_type=refresh_token")) {
            renewals.incrementAndGet();
          }
        });
    refuseOnce(console);
    BROWSER.expect("status of 401");
    console.button("New iTwin").click();
    console.button("Create").click();
    assertThat(console.page().getByText("This iTwin has no iModel yet.")).isVisible();
    assertThat(renewals.get()).isEqualTo(1);
  }

  @Test
  void a_refusal_of_the_issuer_is_shown() throws Exception {
    var console = ConsolePage.open(BROWSER.page(), relyingServer.url(), "/console");
    console
        .page()
        .route(
            url -> url.contains("/connect/authorize"),
            route -> {
              var state = route.request().url().replaceFirst(".*[?&]state=([^&]*).*", "$1");
              var refusal =
                  "/console?error=access_denied&error_description=Not+today&state=" + state;
              route.fulfill(
                  new FulfillOptions()
                      .setStatus(302)
                      .setHeaders(Map.of("Location", url() + refusal)));
            });
    console.button("Sign in").click();
    assertThat(console.page().getByText("The sign-in failed: Not today")).isVisible();
    assertThat(console.page()).hasURL(relyingServer.url() + "/console");
  }

  private static String url() {
    try {
      return relyingServer.url();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_error_that_no_issuer_has_sent_is_not_shown() throws Exception {
    var place = "/console?error=x&error_description=Call+555&state=guessed";
    var console = ConsolePage.open(BROWSER.page(), relyingServer.url(), place);
    assertThat(console.page().getByText("belongs to another sign-in")).isVisible();
    assertThat(console.page().getByText("Call 555")).isHidden();
  }

  @Test
  void no_request_of_a_person_is_sent_for_the_next_one() {
    var iTwin = issuer.iTwin("Bridge");
    var iModel = issuer.iModel(iTwin, "Bridge");
    var file = issuer.file(iTwin, "a.dgn");
    var id = issuer.connection(iModel, "Piers", "MSTN", file);
    var console = ConsolePage.signedIn(BROWSER, issuer.url(), "/console#/connections/" + id);
    var starts = new AtomicInteger();
    console
        .page()
        .route(
            url -> url.endsWith("/run"),
            route -> {
              starts.incrementAndGet();
              console.button("Sign out").click();
              route.fulfill(new FulfillOptions().setStatus(401).setBody(REFUSAL));
            });
    BROWSER.expect("status of 401");
    console.button("Run").click();
    assertThat(console.title()).hasText("Sign in");
    console.signIn();
    assertThat(console.title()).hasText("Piers");
    assertThat(starts.get()).isEqualTo(1);
  }

  @Test
  void an_answer_to_another_sign_in_is_refused() throws Exception {
    var place = "/console?code=abc&state=another";
    var console = ConsolePage.open(BROWSER.page(), relyingServer.url(), place);
    assertThat(console.page().getByText("belongs to another sign-in")).isVisible();
  }

  @Test
  void a_token_can_be_pasted_and_a_refused_one_says_why() {
    var place = "/console#/imodels/" + ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var console = ConsolePage.open(BROWSER.page(), issuer.url(), place);
    BROWSER.expect("status of 401");
    console.page().getByText("Use a token").click();
    console.page().getByLabel("Access token").fill("nonsense");
    console.button("Use this token").click();
    assertThat(console.dialog().getByText("The server does not accept your token.")).isVisible();
    assertThat(console.dialog().getByText("The server said:")).isVisible();
    console.dialog().getByText("Use a token").click();
    console.field("Access token").fill(issuer.client().token());
    console.button("Use this token").click();
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    assertThat(stored(console)).doesNotContain("eyJ");
  }

  @Test
  void an_action_continues_after_the_person_has_signed_in_again() {
    var place = "/console#/imodels/" + ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/(imodels|storage/files)/");
    var console = signedInWithToken(place);
    console.button("New connection").click();
    console.field("Name").fill("Kept");
    console.addFile("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
    refuseOnce(console);
    BROWSER.expect("status of 401");
    console.button("Create").click();
    assertThat(console.dialog().getByText("The token has expired.")).isVisible();
    assertThat(console.dialog().getByText("Your sign-in has ended.")).isVisible();
    // Chromium lets a page prevent one only.
    for (int key = 0; key < 5; key++) {
      console.page().keyboard().press("Escape");
    }
    assertThat(console.dialog().getByText("The token has expired.")).isVisible();
    console.dialog().getByText("Use a token").click();
    console.field("Access token").fill("copied-in-part");
    console.button("Use this token").click();
    assertThat(console.dialog().getByText("The server does not accept your token.")).isVisible();
    console.dialog().getByText("Use a token").click();
    console.field("Access token").fill(issuer.client().token());
    console.button("Use this token").click();
    assertThat(console.title()).hasText("Kept");
  }

  @Test
  void another_person_who_signs_in_does_not_continue_what_the_first_one_did() {
    var place = "/console#/imodels/" + ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/(imodels|storage/files)/");
    var console = signedInWithToken(place);
    console.button("New connection").click();
    console.addFile("t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA");
    refuseOnce(console);
    BROWSER.expect("status of 401");
    console.button("Create").click();
    console.button("Sign in as me").click();
    console.button("New connection").click();
    assertThat(console.page().getByText("No file chosen yet.")).isVisible();
  }

  @Test
  void a_renewal_that_one_person_has_begun_gives_no_token_to_the_next_one() {
    var iModel = issuer.iModel(issuer.iTwin("Renewed"), "Renewed");
    var console = ConsolePage.signedIn(BROWSER, issuer.url(), "/console#/imodels/" + iModel);
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    var held = HeldRequests.of(console.page(), "/connect/token");
    refuseOnce(console);
    BROWSER.expect("status of (401|403|404)");
    console.button("Refresh").click();
    var renewal = held.next();
    console.button("Sign out").click();
    console.page().getByLabel("Name").fill("next");
    console.button("Sign in as next").click();
    held.next().resume();
    assertThat(console.page().getByText("Signed in as next")).isVisible();
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    refuseOnce(console);
    var tokens = new ArrayList<String>();
    console
        .page()
        .onRequest(request -> {
          if (request.url().contains("/itwins")) {
            tokens.add(request.headers().getOrDefault("authorization", ""));
          }
        });
    console.link("iModels").click();
    var own = held.next();
    renewal.resume();
    own.resume();
    assertThat(console.button("Renewed")).isVisible();
    assertThat(tokens.stream().map(ConsoleSignInIT::claims))
        .hasSize(2)
        .allSatisfy(claims -> assertThat(claims).contains("\"sub\":\"next\""));
  }

  @Test
  void a_sign_out_also_ends_a_sign_in_that_is_under_way() {
    var place = "/console#/imodels/" + issuer.iModel(issuer.iTwin("Late"), "Late");
    var console = signedInWithToken(place);
    assertThat(console.button("Sign out")).isVisible();
    refuseOnce(console);
    BROWSER.expect("status of 401");
    console.button("Refresh").click();
    var held = HeldRequests.of(console.page(), "/connect/token");
    console.button("Sign in as me").click();
    var signIn = held.next();
    console.dialog().getByText("Sign out").click();
    assertThat(console.title()).hasText("Sign in");
    console.page().waitForResponse("**/connect/token", signIn::resume);
    assertThat(console.title()).hasText("Sign in");
    assertThat(console.button("Sign out")).isHidden();
  }

  @Test
  void a_person_who_signs_out_sees_nothing_more() {
    var place = "/console#/imodels/" + ConsoleServer.unknownIModel();
    BROWSER.expect("status of 404.*:\\d+/imodels/");
    var console = ConsolePage.signedIn(BROWSER, issuer.url(), place);
    assertThat(console.page().getByText("No connection yet.")).isVisible();
    console.button("Sign out").click();
    assertThat(console.title()).hasText("Sign in");
    assertThat(console.page().getByText("No connection yet.")).isHidden();
  }

  /** Opens a place, and signs in with a token that the page cannot renew. */
  private static ConsolePage signedInWithToken(String place) {
    var console = ConsolePage.open(BROWSER.page(), issuer.url(), place);
    console.page().getByText("Use a token").click();
    console.page().getByLabel("Access token").fill(issuer.client().token());
    console.button("Use this token").click();
    return console;
  }

  /** Returns the claims of a token in the header {@code Authorization}. */
  private static String claims(String authorization) {
    return new String(Base64.getUrlDecoder().decode(authorization.split("\\.", -1)[1]), UTF_8);
  }

  /** Answers the next request of the page to the API as if its token had expired. */
  private static void refuseOnce(ConsolePage console) {
    var refused = new AtomicBoolean();
    console
        .page()
        .route(
            url -> url.matches("https?://[^/]+/(itwins|synchronization)\\b.*"),
            route -> {
              if (refused.getAndSet(true)) {
                route.resume();
              } else {
                route.fulfill(
                    new FulfillOptions()
                        .setStatus(401)
                        .setContentType("application/json")
                        .setBody(REFUSAL));
              }
            });
  }

  /** Returns everything that the page has stored in the browser. */
  private static String stored(ConsolePage console) {
    return (String)
        console.page().evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])");
  }
}
