/** Kafka that asks who is there: a broker with a certificate and users, and the tests that log in to it. */
package io.odibi.it.kafka;
