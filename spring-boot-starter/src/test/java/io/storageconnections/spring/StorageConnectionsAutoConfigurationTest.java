package io.storageconnections.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.ConnectionFilter;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.embedded.ChangeEvent;
import io.storageconnections.embedded.ChangeListener;
import io.storageconnections.embedded.StorageConnectionsService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

final class StorageConnectionsAutoConfigurationTest {

  private static final Caller CALLER = Caller.ofClient("application");

  private final IModelId iModel = new IModelId(UUID.randomUUID());

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  DataSourceInitializationAutoConfiguration.class,
                  DataSourceTransactionManagerAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class,
                  TransactionAutoConfiguration.class,
                  StorageConnectionsAutoConfiguration.class,
                  StorageConnectionsHealthAutoConfiguration.class))
          .withPropertyValues(
              "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
              "spring.datasource.hikari.maximum-pool-size=10",
              "spring.datasource.hikari.connection-timeout=2000",
              "spring.sql.init.schema-locations=classpath:application-tables.sql");

  private ConnectionRequest someRequest() {
    return request(new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID()));
  }

  private ConnectionRequest request(StorageFileId file) {
    return ConnectionRequest.of(iModel, List.of(SourceFileRequest.of(file, ConnectorType.MSTN)));
  }

  private long connections(UseCases useCases) {
    return useCases.listStorageConnections().stream(CALLER, ConnectionFilter.of(iModel)).count();
  }

  private static Health health(AssertableApplicationContext context) {
    return requireNonNull(context.getBean(HealthIndicator.class).health());
  }

  private static UseCases useCases(AssertableApplicationContext context) {
    return context.getBean(UseCases.class);
  }

  @Test
  void the_service_runs_on_the_data_source_and_its_tables_come_after_those_of_the_application() {
    application.run(context -> {
      useCases(context).createStorageConnection().create(CALLER, someRequest()).orElseThrow();
      assertThat(connections(useCases(context))).isOne();
      assertThat(context.getBeanFactory().getBeanDefinition("storageConnectionsMigration"))
          .satisfies(migration ->
              assertThat(migration.getDependsOn()).contains("dataSourceScriptDatabaseInitializer"));
      assertThat(context.getBeanFactory().getBeanDefinition("jdbcClient"))
          .satisfies(
              client -> assertThat(client.getDependsOn()).contains("storageConnectionsMigration"));
    });
  }

  @Test
  void a_transaction_of_the_application_takes_its_rows_and_connections_along() {
    application.run(context -> {
      var useCases = useCases(context);
      var jdbc = context.getBean(JdbcClient.class);
      var transaction = context.getBean(TransactionTemplate.class);
      transaction.executeWithoutResult(status -> {
        jdbc.sql("insert into project values ('a')").update();
        useCases.createStorageConnection().create(CALLER, someRequest()).orElseThrow();
        status.setRollbackOnly();
      });
      assertThat(connections(useCases)).isZero();
      transaction.executeWithoutResult(status -> {
        jdbc.sql("insert into project values ('a')").update();
        useCases.createStorageConnection().create(CALLER, someRequest()).orElseThrow();
      });
      assertThat(connections(useCases)).isOne();
    });
  }

  @Test
  void a_conflict_leaves_the_transaction_of_the_application_usable() {
    var file = new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
    application.run(context -> {
      var create = useCases(context).createStorageConnection();
      create.create(CALLER, request(file)).orElseThrow();
      var jdbc = context.getBean(JdbcClient.class);
      context
          .getBean(TransactionTemplate.class)
          .executeWithoutResult(status -> {
            assertThat(create.create(CALLER, request(file))).isInstanceOf(Failed.class);
            jdbc.sql("insert into project values ('b')").update();
          });
      assertThat(jdbc.sql("select count(*) from project").query(Integer.class).single()).isOne();
    });
  }

  @Test
  void ten_transactions_on_a_pool_of_ten_do_not_wait_for_each_other() {
    application.run(context -> {
      var create = useCases(context).createStorageConnection();
      var transaction = context.getBean(TransactionTemplate.class);
      var jdbc = context.getBean(JdbcClient.class);
      var allHaveAConnection = new CyclicBarrier(10);
      try (var threads = Executors.newFixedThreadPool(10)) {
        var results =
            IntStream.range(0, 10)
                .<Future<?>>mapToObj(i ->
                    threads.submit(() ->
                        transaction.executeWithoutResult(status -> {
                          jdbc.sql("insert into project values (?)").param("p" + i).update();
                          await(allHaveAConnection);
                          create.create(CALLER, someRequest()).orElseThrow();
                        })))
                .toList();
        for (var result : results) {
          result.get();
        }
      }
      assertThat(connections(useCases(context))).isEqualTo(10);
    });
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    private final LinkedBlockingQueue<ChangeEvent> told = new LinkedBlockingQueue<>();

    @Bean
    ChangeListener listener() {
      return told::add;
    }
  }

  @Test
  void listeners_are_told_after_the_commit() {
    application
        .withUserConfiguration(Listening.class)
        .run(context -> {
          var told = context.getBean(Listening.class).told;
          var transaction = context.getBean(TransactionTemplate.class);
          var create = useCases(context).createStorageConnection();
          transaction.executeWithoutResult(status -> {
            create.create(CALLER, someRequest()).orElseThrow();
            status.setRollbackOnly();
          });
          var created =
              transaction.execute(status -> {
                var connection = create.create(CALLER, someRequest()).orElseThrow().connection();
                assertThat(told).isEmpty();
                return connection;
              });
          assertThat(told.poll(10, TimeUnit.SECONDS))
              .isEqualTo(new ChangeEvent.ConnectionCreated(CALLER, created));
          assertThat(told).isEmpty();
        });
  }

  @Test
  void a_change_of_a_nested_transaction_that_is_rolled_back_is_not_reported() {
    application
        .withUserConfiguration(Listening.class)
        .run(context -> {
          var create = useCases(context).createStorageConnection();
          var outer = context.getBean(TransactionTemplate.class);
          var nested = new TransactionTemplate(requireNonNull(outer.getTransactionManager()));
          nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
          var created =
              outer.execute(status -> {
                var first = create.create(CALLER, someRequest()).orElseThrow().connection();
                nested.executeWithoutResult(inner -> {
                  create.create(CALLER, someRequest()).orElseThrow();
                  inner.setRollbackOnly();
                });
                return first;
              });
          var told = context.getBean(Listening.class).told;
          assertThat(told.poll(10, TimeUnit.SECONDS))
              .isEqualTo(new ChangeEvent.ConnectionCreated(CALLER, created));
          context.getBean(StorageConnectionsService.class).close();
          assertThat(told).isEmpty();
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class Delegating {

    private final DataSource pool =
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    @Bean
    DataSource dataSource() {
      return new DelegatingDataSource(pool);
    }

    @Bean
    DataSourceTransactionManager transactionManager() {
      return new DataSourceTransactionManager(pool);
    }
  }

  @Test
  void a_transaction_on_the_data_source_behind_a_proxy_is_joined() {
    application
        .withUserConfiguration(Delegating.class)
        .run(context -> {
          new TransactionTemplate(context.getBean(DataSourceTransactionManager.class))
              .executeWithoutResult(status -> {
                useCases(context)
                    .createStorageConnection()
                    .create(CALLER, someRequest())
                    .orElseThrow();
                status.setRollbackOnly();
              });
          assertThat(connections(useCases(context))).isZero();
        });
  }

  /** A transaction of another data source, as of an application with two databases. */
  @Test
  void a_transaction_of_another_data_source_is_not_joined_and_takes_no_second_connection() {
    application
        .withPropertyValues("spring.datasource.hikari.maximum-pool-size=2")
        .run(context -> {
          var other = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
          new TransactionTemplate(new DataSourceTransactionManager(other))
              .executeWithoutResult(status -> {
                var create = useCases(context).createStorageConnection();
                create.create(CALLER, someRequest()).orElseThrow();
                create.create(CALLER, someRequest()).orElseThrow();
                var pool = context.getBean(HikariDataSource.class).getHikariPoolMXBean();
                assertThat(pool.getActiveConnections()).isZero();
                status.setRollbackOnly();
              });
          assertThat(connections(useCases(context))).isEqualTo(2);
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class TransactionAware {

    @Bean
    DataSource dataSource() {
      return new TransactionAwareDataSourceProxy(
          new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
    }
  }

  @Test
  void a_transaction_aware_data_source_works_too() {
    application
        .withUserConfiguration(TransactionAware.class)
        .run(context ->
            context
                .getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> {
                  useCases(context)
                      .createStorageConnection()
                      .create(CALLER, someRequest())
                      .orElseThrow();
                  assertThat(connections(useCases(context))).isOne();
                }));
  }

  @Test
  void properties_set_limits() {
    application
        .withPropertyValues(
            "storage-connections.limits.connections-per-imodel=100",
            "storage-connections.limits.files-per-imodel=250")
        .run(context -> assertThat(useCases(context).limits()).isEqualTo(new Limits(100, 250)));
  }

  @Test
  void a_property_turns_migrations_off() {
    application
        .withPropertyValues("storage-connections.migrate=false")
        .run(context -> assertThat(context).doesNotHaveBean(StorageConnectionsMigration.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnDirectory {

    @Bean
    IModelDirectory directory() {
      return new IModelDirectory() {
        @Override
        public Access access(Caller caller, IModelId iModel) {
          return Access.NONE;
        }

        @Override
        public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
          return Optional.empty();
        }
      };
    }
  }

  @Test
  void a_directory_of_the_application_decides_which_imodels_exist() {
    application
        .withUserConfiguration(OwnDirectory.class)
        .run(context ->
            assertThat(useCases(context).createStorageConnection().create(CALLER, someRequest()))
                .isInstanceOf(Failed.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizing {

    @Bean
    StorageConnectionsCustomizer customizer() {
      return builder -> builder.limits(new Limits(1, 2));
    }
  }

  @Test
  void a_customizer_of_the_application_has_the_last_word() {
    application
        .withUserConfiguration(Customizing.class)
        .withPropertyValues("storage-connections.limits.files-per-imodel=250")
        .run(context -> assertThat(useCases(context).limits()).isEqualTo(new Limits(1, 2)));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnStore {

    @Bean
    StorageConnectionStore store() {
      return new InMemoryStorageConnectionStore();
    }
  }

  @Test
  void a_store_of_the_application_is_used() {
    application
        .withUserConfiguration(OwnStore.class)
        .run(context -> {
          useCases(context).createStorageConnection().create(CALLER, someRequest()).orElseThrow();
          assertThat(
                  context
                      .getBean(StorageConnectionStore.class)
                      .list(ConnectionFilter.of(iModel), new PageRequest(0, 9))
                      .items())
              .hasSize(1);
        });
  }

  @Test
  void an_application_with_its_own_store_and_directory_gets_no_tables() {
    application
        .withUserConfiguration(OwnStore.class, OwnDirectory.class)
        .run(context -> assertThat(context).doesNotHaveBean(StorageConnectionsMigration.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnService {

    @Bean
    StorageConnectionsService service(DataSource dataSource) {
      return StorageConnectionsService.builder(dataSource).migrate(false).build();
    }
  }

  @Test
  void the_configuration_backs_off_if_the_application_has_a_service() {
    application
        .withUserConfiguration(OwnService.class)
        .run(context -> {
          assertThat(context).hasSingleBean(StorageConnectionsService.class);
          assertThat(context).doesNotHaveBean(StorageConnectionsMigration.class);
          assertThat(context).hasSingleBean(UseCases.class);
        });
  }

  @Test
  void the_configuration_backs_off_if_the_application_has_no_data_source() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(StorageConnectionsAutoConfiguration.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(UseCases.class));
  }

  @Test
  void health_says_whether_the_library_can_write() {
    application.run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
    application
        .withPropertyValues("storage-connections.migrate=false")
        .run(context -> {
          assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
          assertThat(health(context).getDetails()).containsEntry("reason", "MISCONFIGURED");
        });
  }

  @Test
  void health_can_be_turned_off() {
    application
        .withPropertyValues("management.health.storage-connections.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }

  @Test
  void an_application_without_actuator_starts() {
    application
        .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
        .run(context -> assertThat(context).hasSingleBean(UseCases.class));
  }
}
