/** A service that has its own HTTP endpoints, users, tables and transactions. */
@NullMarked
package com.example.springboot;

import org.jspecify.annotations.NullMarked;
