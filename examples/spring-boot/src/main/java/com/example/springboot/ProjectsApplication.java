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

/** A service that stores projects, and creates storage connections for them. */
@SpringBootApplication
public class ProjectsApplication {

  /** Starts the service. */
  public static void main(String[] arguments) {
    SpringApplication.run(ProjectsApplication.class, arguments);
  }

  /**
   * Embeds the library, with the database of the service. Spring closes the library before the
   * pool. The library creates its tables after those of the service, because Flyway would refuse to
   * create the tables of the service in a schema that is not empty. Every user sees every iModel,
   * unless the builder gets an {@code IModelDirectory} that decides otherwise.
   */
  @Bean
  @DependsOnDatabaseInitialization
  StorageConnectionsService storageConnections(DataSource dataSource) {
    return StorageConnectionsService.on(dataSource);
  }

  /**
   * Accepts only requests with a token of the identity provider. CSRF protection is off, because
   * the service uses no cookies.
   */
  @Bean
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
        .csrf(csrf -> csrf.disable())
        .build();
  }
}
