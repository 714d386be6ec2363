/** The unpacked distribution in processes of its own, which tests of other packages run, signal and kill. */
package io.odibi.it.process;
