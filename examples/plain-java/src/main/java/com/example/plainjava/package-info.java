/** A program without a framework. */
@NullMarked
package com.example.plainjava;

import org.jspecify.annotations.NullMarked;
