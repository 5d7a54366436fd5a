/** An application that stores entities with JPA and has no web server. */
@NullMarked
package com.example.springbootjpa;

import org.jspecify.annotations.NullMarked;
