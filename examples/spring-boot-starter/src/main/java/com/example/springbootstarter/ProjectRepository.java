package com.example.springbootstarter;

import org.springframework.data.jpa.repository.JpaRepository;

/** The stored projects. */
interface ProjectRepository extends JpaRepository<Project, String> {}
