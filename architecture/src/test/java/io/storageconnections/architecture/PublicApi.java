package io.storageconnections.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The modules of this project, and the packages of each that are its public API. Every other
 * package is internal: its public classes are for the packages of the same module.
 *
 * <p>{@code domain} and {@code application} are Java modules, so their {@code module-info} decides.
 */
public enum PublicApi {
  DOMAIN("domain", ".."),
  APPLICATION("application", ".."),
  ADAPTER_AUTH("adapter.auth", ""),
  ADAPTER_CONNECTORS("adapter.connectors", ""),
  ADAPTER_EXECUTION("adapter.execution", ""),
  ADAPTER_HTTP("adapter.http", "", ".link", ".port"),
  ADAPTER_METRICS("adapter.metrics", ""),
  ADAPTER_PERSISTENCE("adapter.persistence", ""),
  ADAPTER_PLATFORM("adapter.platform", ""),
  LOCAL_PLATFORM("platform", ""),
  EMBEDDED("embedded", ""),
  BOOTSTRAP("bootstrap", ""),
  JUNIT("junit", ""),
  SPRING("spring", "");

  private final String module;

  // The list is immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> packages;

  PublicApi(String module, String... packages) {
    this.module = module;
    this.packages = Stream.of(packages).map(module::concat).toList();
  }

  /** Returns the module of a class in the tree below {@code root}, if the class has one. */
  static Optional<PublicApi> moduleOf(String root, JavaClass candidate) {
    return Arrays.stream(values())
        .filter(api -> (candidate.getPackageName() + ".").startsWith(root + "." + api.module + "."))
        .findFirst();
  }

  /** Matches the classes in the packages that are public API. */
  static DescribedPredicate<JavaClass> isPublicApi(String root) {
    return JavaClass.Predicates.resideInAnyPackage(
            Arrays.stream(values())
                .flatMap(api -> api.packages.stream())
                .map(name -> root + "." + name)
                .toArray(String[]::new))
        .as("reside in a package of the public API");
  }

  /**
   * Matches the classes in the internal packages of the modules.
   *
   * @param root the root package of the tree, such as {@code io.storageconnections}
   */
  public static DescribedPredicate<JavaClass> isInternal(String root) {
    var api = isPublicApi(root);
    return describe(
        "reside in an internal package",
        candidate -> moduleOf(root, candidate).isPresent() && !api.test(candidate));
  }
}
