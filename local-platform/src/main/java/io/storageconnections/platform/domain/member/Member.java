package io.storageconnections.platform.domain.member;

/** A member of an iTwin. */
public record Member(Subject subject, Role role) {}
