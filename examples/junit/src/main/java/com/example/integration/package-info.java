/** An integration that synchronizes drawings; here only its tests are of interest. */
@NullMarked
package com.example.integration;

import org.jspecify.annotations.NullMarked;
