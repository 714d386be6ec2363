/** What Hadoop asks of us to reach Azure storage: named by the connection's settings, made by Hadoop where its library is there. */
@NullMarked
package io.odibi.engine.azure;

import org.jspecify.annotations.NullMarked;
