package com.example.springbootjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.validation.constraints.Size;

/** A project. JPA validates it with Hibernate Validator before it stores it. */
@Entity
public class Project {

  @Id private String iModelId = "";

  @Size(min = 1, max = 50)
  private String name = "";

  /** For JPA. */
  protected Project() {}

  /**
   * Creates a project.
   *
   * @param iModelId the iModel of the project
   * @param name 1 to 50 characters
   */
  public Project(String iModelId, String name) {
    this.iModelId = iModelId;
    this.name = name;
  }

  /** Returns the iModel of the project. */
  public String iModelId() {
    return iModelId;
  }

  /** Returns the name of the project. */
  public String name() {
    return name;
  }
}
