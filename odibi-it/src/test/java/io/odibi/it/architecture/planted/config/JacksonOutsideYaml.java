package io.odibi.it.architecture.planted.config;

/** Breach: Jackson outside the YAML package. */
final class JacksonOutsideYaml {
    final Object mapper = new com.fasterxml.jackson.databind.ObjectMapper();
}
