package com.example.javalin;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.storageconnections.adapter.http.HttpApi;
import io.storageconnections.application.port.Caller;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.jetty.http.HttpCookie.SameSite;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A Javalin application that serves storage connections beside its own routes, to the users who
 * have logged in to it.
 */
public final class HostApplication implements AutoCloseable {

  /** The attribute of a session that contains the name of the user. */
  private static final String USER = "user";

  /** The users of the application by their passwords. A real application stores hashes. */
  private static final Map<String, String> USERS = Map.of("secret-of-ada", "ada");

  private final StorageConnectionsService service;
  private final Javalin javalin;

  /**
   * Starts the application.
   *
   * @param dataSource the database of the application
   * @param port the port to listen on; 0 for any free port
   */
  public HostApplication(DataSource dataSource, int port) {
    service = StorageConnectionsService.on(dataSource);
    var api =
        HttpApi.builder(service.useCases())
            .callers(HostApplication::callerOf)
            .links("https://host.example.org")
            .rateLimit(5000)
            .build();
    javalin =
        Javalin.create(
                config -> {
                  config.jetty.modifyServletContextHandler(
                      context -> context.getSessionHandler().setSameSite(SameSite.LAX));
                  config.routes.get("/hello", ctx -> ctx.result("hello"));
                  config.routes.post("/login", HostApplication::logIn);
                  config.routes.error(404, ctx -> ctx.result("There is no such page."));
                  api.mount(config.routes);
                })
            .start("127.0.0.1", port);
  }

  private static void logIn(Context ctx) {
    var user = USERS.get(String.valueOf(ctx.formParam("password")));
    if (user == null) {
      throw new UnauthorizedResponse();
    }
    // A new id, so that an id that an attacker has planted in the browser does not get the user's
    // rights.
    ctx.req().getSession();
    ctx.req().changeSessionId();
    ctx.sessionAttribute(USER, user);
  }

  private static Optional<Caller> callerOf(Context ctx) {
    return Optional.ofNullable(ctx.<String>sessionAttribute(USER)).map(Caller::ofClient);
  }

  /** Returns the port that the application listens on. */
  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    service.close();
  }

  /** Starts the application on port 8080, with a database in memory. */
  public static void main(String[] arguments) {
    var dataSource = new JdbcDataSource();
    dataSource.setURL("jdbc:h2:mem:host;DB_CLOSE_DELAY=-1");
    new HostApplication(dataSource, 8080);
  }
}
