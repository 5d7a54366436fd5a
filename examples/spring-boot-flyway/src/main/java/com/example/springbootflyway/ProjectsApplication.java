package com.example.springbootflyway;

import io.storageconnections.embedded.StorageConnectionsService;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;

/** An application that stores projects, and storage connections with the library. */
@SpringBootApplication
public class ProjectsApplication {

  /** Starts the application. */
  public static void main(String[] arguments) {
    SpringApplication.run(ProjectsApplication.class, arguments);
  }

  /**
   * The library, on the database of the application. It creates its tables after those of the
   * application, because Flyway would refuse to create the tables of the application in a schema
   * that is not empty.
   */
  @Bean
  @DependsOnDatabaseInitialization
  StorageConnectionsService storageConnections(DataSource dataSource) {
    return StorageConnectionsService.on(dataSource);
  }
}
