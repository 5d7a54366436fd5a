package io.storageconnections.architecture.planted.embedded;

import io.storageconnections.architecture.planted.platform.LocalPlatform;

interface UsingTheLocalPlatform {

  LocalPlatform platform();
}
