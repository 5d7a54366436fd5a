/**
 * Tests of the contract tests: correct adapters pass them, and an adapter with one planted bug
 * fails them. {@link io.storageconnections.application.contract.proof.CaughtBy} names the contract
 * tests that catch a planted bug, so that the purpose of each contract test can be looked up here.
 */
@NullMarked
package io.storageconnections.application.contract.proof;

import org.jspecify.annotations.NullMarked;
