package io.storageconnections.adapter.http.development;

import io.javalin.http.Context;

/**
 * Recognizes requests to this machine. A web page of another machine may point its own name to
 * 127.0.0.1 (DNS rebinding), and then counts as the same origin; its requests still have its name
 * in {@code Host}.
 *
 * @param publicHost the host of the server's public URL
 */
public record LoopbackAccess(String publicHost) {

  /** Returns whether {@code Host} is a loopback host or that of the public URL. */
  public boolean admits(Context ctx) {
    var host = ctx.req().getServerName();
    return Loopback.isHost(host) || publicHost.equalsIgnoreCase(host);
  }
}
