package com.example.springbootstarter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A project, and the iModel of its drawings. */
@Entity
class Project {

  @Id private String name = "";

  @Column(name = "imodel_id")
  private UUID iModelId = new UUID(0, 0);

  /** For JPA. */
  protected Project() {}

  Project(String name, UUID iModelId) {
    this.name = name;
    this.iModelId = iModelId;
  }

  String name() {
    return name;
  }
}
