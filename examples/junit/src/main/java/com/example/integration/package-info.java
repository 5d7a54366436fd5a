/** An integration that synchronizes drawings. The example shows only its tests. */
@NullMarked
package com.example.integration;

import org.jspecify.annotations.NullMarked;
