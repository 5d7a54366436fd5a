package com.example.springbootjpa;

import org.springframework.data.jpa.repository.JpaRepository;

/** The stored projects. */
public interface ProjectRepository extends JpaRepository<Project, String> {}
