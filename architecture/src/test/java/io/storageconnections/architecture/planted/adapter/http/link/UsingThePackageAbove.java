package io.storageconnections.architecture.planted.adapter.http.link;

import io.storageconnections.architecture.planted.adapter.http.HttpServer;

final class UsingThePackageAbove {

  HttpServer server() {
    return new HttpServer();
  }
}
