package io.odibi.engine.failure;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.text.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes secrets out of text that other systems wrote: every secret of the plan, in whole and in its parts, and what looks like one. */
final class Redaction {

    /** Shorter ones stand in ordinary words, and a text full of masks tells nothing. */
    private static final int SHORTEST = 4;

    private static final Pattern QUOTED_PART = Pattern.compile("=\\s*\"([^\"]+)\"|=\\s*'([^']+)'|=([^;\\s\"']+)");
    private static final Pattern LOOKS_SECRET = Pattern.compile(
            "(?i)\\b((?:password|passwd|pwd|secret|token|accountkey|accesskey|sharedaccesskey|sig|signature)\\s*[=:]\\s*)"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s;,&)\\]}]+)");
    private static final Pattern USER_INFO = Pattern.compile("(//[^/\\s:@]+:)[^@\\s/]+@");

    private final List<String> secrets;

    private Redaction(Set<String> secrets) {
        // The longest first, so that a secret that contains another goes whole.
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Returns the redaction of all that a plan keeps secret. */
    static Redaction of(Plan plan) {
        Set<String> secrets = new LinkedHashSet<>();
        for (NodePlan node : plan.nodes()) {
            node.primary().ifPresent(input -> collect(input, secrets));
            node.inputs().values().forEach(input -> collect(input, secrets));
            node.write().ifPresent(write -> {
                collect(write.connection(), secrets);
                if (write.target() instanceof FormatTarget target) {
                    collect(target.options(), secrets);
                }
            });
        }
        return new Redaction(secrets);
    }

    private static void collect(InputPlan input, Set<String> secrets) {
        if (input instanceof InputPlan.FromRead from) {
            collect(from.read().connection(), secrets);
            if (from.read().scan() instanceof FormatScan scan) {
                collect(scan.options(), secrets);
            }
        }
    }

    private static void collect(Optional<Connection> connection, Set<String> secrets) {
        connection.ifPresent(found -> {
            collect(found.options(), secrets);
            collect(found.session(), secrets);
        });
    }

    private static void collect(Options options, Set<String> secrets) {
        options.secret().values().stream().map(Secret::reveal).forEach(secret -> {
            secrets.add(secret);
            secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            Matcher part = QUOTED_PART.matcher(secret);
            while (part.find()) {
                for (int group = 1; group <= part.groupCount(); group++) {
                    if (part.group(group) != null) {
                        secrets.add(part.group(group));
                    }
                }
            }
        });
    }

    /** Returns {@code text} with masks in the place of secrets. */
    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secret.MASK);
        }
        masked = LOOKS_SECRET.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(Secret.MASK));
        return USER_INFO.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(Secret.MASK) + "@");
    }
}
