package io.storageconnections.architecture.planted.adapter.persistence;

/** Stands for an adapter's entry: breaks no rule, but not everybody may know it. */
public record Database() {}
