package io.storageconnections.bootstrap.settings;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables that Kubernetes sets in each container for a Service whose name is, or begins with,
 * {@code storage-connections} or {@code storage-connection}. Name and value together distinguish
 * them from misspelt settings: Kubernetes sets {@code STORAGE_CONNECTIONS_PORT} to {@code
 * tcp://10.0.0.1:80}, never to {@code 8080}.
 *
 * <p>Source: Kubernetes documentation, <a
 * href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Service,
 * environment variables</a>.
 */
final class KubernetesVariables {

  private static final String SERVICE = "STORAGE_CONNECTIONS?(_[A-Z0-9_]+)?_";
  private static final String ADDRESS = "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*";
  private static final String NUMBER = "[0-9]{1,5}";
  private static final String URL = "(tcp|udp|sctp)://(" + ADDRESS + "|\\[[0-9a-f:.]+]):" + NUMBER;
  private static final String PORT = "PORT_" + NUMBER + "_(TCP|UDP|SCTP)";

  private static final Map<Pattern, Pattern> VALUES_BY_NAME =
      Map.of(
          Pattern.compile(SERVICE + "SERVICE_HOST"), Pattern.compile(ADDRESS),
          Pattern.compile(SERVICE + "SERVICE_PORT(_[A-Z0-9_]+)?"), Pattern.compile(NUMBER),
          Pattern.compile(SERVICE + "PORT"), Pattern.compile(URL),
          Pattern.compile(SERVICE + PORT), Pattern.compile(URL),
          Pattern.compile(SERVICE + PORT + "_PROTO"), Pattern.compile("tcp|udp|sctp"),
          Pattern.compile(SERVICE + PORT + "_PORT"), Pattern.compile(NUMBER),
          Pattern.compile(SERVICE + PORT + "_ADDR"), Pattern.compile(ADDRESS));

  private KubernetesVariables() {}

  /** Returns whether Kubernetes sets variables with such a name to such a value. */
  static boolean contain(String name, String value) {
    return VALUES_BY_NAME.entrySet().stream()
        .anyMatch(entry ->
            entry.getKey().matcher(name).matches() && entry.getValue().matcher(value).matches());
  }
}
