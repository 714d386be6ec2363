package io.odibi.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.amqp.exception.AmqpException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.Exceptions;

/** Answers requests until its input ends. */
public final class Witness {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Witness() {}

    /** Runs it; there are no arguments. */
    public static void main(String[] arguments) throws IOException {
        try (Requests requests = new Requests()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(requests, line));
            }
        }
        // The client's own threads are not daemons.
        System.exit(0);
    }

    private static String answer(Requests requests, String line) throws JsonProcessingException {
        try {
            JsonNode request = JSON.readTree(line);
            return JSON.writeValueAsString(requests.answer(request));
        } catch (JsonProcessingException unreadable) {
            return JSON.writeValueAsString(Map.of("error", List.of("not a JSON object")));
        } catch (RuntimeException failed) {
            return JSON.writeValueAsString(told(failed));
        }
    }

    /** A failure as an answer: what was said, outermost first, and the condition of AMQP if there is one. */
    static Map<String, Object> told(Throwable failed) {
        List<String> said = new ArrayList<>();
        Map<String, Object> answer = new LinkedHashMap<>();
        for (Throwable at = Exceptions.unwrap(failed); at != null; at = at.getCause()) {
            said.add(String.valueOf(at.getMessage()));
            if (at instanceof AmqpException amqp && amqp.getErrorCondition() != null) {
                answer.putIfAbsent("condition", amqp.getErrorCondition().getErrorCondition());
            }
        }
        answer.put("error", said);
        return answer;
    }
}
