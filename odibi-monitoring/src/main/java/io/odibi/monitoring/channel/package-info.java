/**
 * The control channel: a run answers operators on a Unix domain socket and, when asked, over HTTP; both carry the same requests and
 * replies as JSON. The one place of this module that knows Jackson. Opened by the monitor of a run, asked by the command line.
 */
@NullMarked
package io.odibi.monitoring.channel;

import org.jspecify.annotations.NullMarked;
