/** The directory of iModels of the application. */
@NullMarked
package com.example.ownstore.directory;

import org.jspecify.annotations.NullMarked;
