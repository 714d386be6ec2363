/** Secrets stay secret: each connector at work and failing, and all that is left behind searched for what was given as a secret. */
package io.odibi.it.secrets;
