/** Each format of the engine at work, in batch and as a stream, through projects as a user writes them. One Spark for each class. */
package io.odibi.it.formats;
