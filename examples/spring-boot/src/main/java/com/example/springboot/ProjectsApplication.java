package com.example.springboot;

import io.storageconnections.embedded.StorageConnectionsService;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** A service that keeps projects, and has storage connections made for them. */
@SpringBootApplication
public class ProjectsApplication {

  /** Serves until it is ended. */
  public static void main(String[] arguments) {
    SpringApplication.run(ProjectsApplication.class, arguments);
  }

  /**
   * The library, in the service's own database; Spring closes it before the pool. It makes its
   * tables after those of the service, for a Flyway of the service's would refuse to begin in a
   * schema that has some. It gets the pool as it is: through a {@code
   * TransactionAwareDataSourceProxy} it would end the service's transactions. Every user sees every
   * iModel, unless the builder is given an {@code IModelDirectory} that knows better.
   */
  @Bean
  @DependsOnDatabaseInitialization
  StorageConnectionsService storageConnections(DataSource dataSource) {
    return StorageConnectionsService.on(dataSource);
  }

  /** Only who brings a token of the service's identity provider comes in; there are no cookies. */
  @Bean
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .csrf(csrf -> csrf.disable())
        .build();
  }
}
