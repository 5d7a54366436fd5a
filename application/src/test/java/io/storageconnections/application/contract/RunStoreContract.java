package io.storageconnections.application.contract;

/**
 * The contract of every store of runs. A test class that implements it inherits the tests of its
 * parts, and supplies {@link #connections()}, {@link #runs()} and {@link #unavailableRuns()}.
 *
 * <p>The tests do not assume an empty store: each uses new iModels. All tests can therefore share
 * one database, and need not clean up. Races have up to 32 threads.
 */
public interface RunStoreContract
    extends StartedRunsContract, ChangedRunsContract, AuditedRunsContract {}
