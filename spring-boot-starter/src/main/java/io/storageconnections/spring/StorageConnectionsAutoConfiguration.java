package io.storageconnections.spring;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.embedded.ChangeListener;
import io.storageconnections.embedded.StorageConnectionsService;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Configures a {@link StorageConnectionsService} on the application's {@code DataSource}. It uses
 * the application's beans of the types {@link IModelDirectory}, {@link StorageConnectionStore},
 * {@link ChangeListener} and {@link StorageConnectionsCustomizer}, and configures no service if the
 * application has one.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(StorageConnectionsProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class StorageConnectionsAutoConfiguration {

  /** Creates the configuration; Spring does this. */
  public StorageConnectionsAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(StorageConnectionsService.class)
  @ConditionalOnBooleanProperty(name = "storage-connections.migrate", matchIfMissing = true)
  @Conditional(NeedsTables.class)
  StorageConnectionsMigration storageConnectionsMigration(DataSource dataSource) {
    return new StorageConnectionsMigration(pool(dataSource));
  }

  /** Without tables, if the application has a store and a directory of its own. */
  static final class NeedsTables extends AnyNestedCondition {

    NeedsTables() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnMissingBean(StorageConnectionStore.class)
    static final class OfTheStore {}

    @ConditionalOnMissingBean(IModelDirectory.class)
    static final class OfTheDirectory {}
  }

  @Bean
  @ConditionalOnMissingBean
  @DependsOnDatabaseInitialization
  StorageConnectionsService storageConnectionsService(
      DataSource dataSource,
      StorageConnectionsProperties properties,
      ObjectProvider<StorageConnectionStore> store,
      ObjectProvider<IModelDirectory> iModels,
      ObjectProvider<ChangeListener> listeners,
      ObjectProvider<StorageConnectionsCustomizer> customizers) {
    var pool = pool(dataSource);
    var builder =
        StorageConnectionsService.builder(pool)
            .migrate(false)
            .limits(properties.limits().toLimits());
    var ownStore = store.getIfAvailable();
    if (ownStore == null) {
      builder.transactions(new SpringTransactions(pool));
    } else {
      builder.store(ownStore);
    }
    iModels.ifAvailable(builder::iModels);
    listeners.orderedStream().forEach(builder::onChange);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  @Bean
  @ConditionalOnMissingBean
  UseCases storageConnectionsUseCases(StorageConnectionsService service) {
    return service.useCases();
  }

  /** The library itself joins transactions, and refuses a data source that also does. */
  private static DataSource pool(DataSource dataSource) {
    return dataSource instanceof TransactionAwareDataSourceProxy proxy
            && proxy.getTargetDataSource() != null
        ? proxy.getTargetDataSource()
        : dataSource;
  }
}
