/** What is left after processes are killed and crashed at every kind of moment: nothing lost, nothing twice. */
package io.odibi.it.reliability;
