@NullMarked
package io.storageconnections.architecture.planted.platform;

import org.jspecify.annotations.NullMarked;
