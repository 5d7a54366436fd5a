/**
 * Reading YAML 1.2, which includes JSON, with the position of each value. Internal to this module.
 */
@NullMarked
package io.storageconnections.platform.seed.yaml;

import org.jspecify.annotations.NullMarked;
