package com.example.springbootstarter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that stores projects, and creates storage connections for them. */
@SpringBootApplication
public class ProjectsApplication {

  /** Starts the application. */
  public static void main(String[] arguments) {
    SpringApplication.run(ProjectsApplication.class, arguments);
  }
}
