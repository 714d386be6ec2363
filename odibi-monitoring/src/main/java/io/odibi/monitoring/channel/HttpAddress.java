package io.odibi.monitoring.channel;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the control channel listens for HTTP.
 *
 * @param host an address or a name of this machine; never all addresses at once
 * @param port 0 for one that is free
 */
public record HttpAddress(String host, int port) {

    /** What can be written. */
    public static final String FORMS = "8070, localhost:8070, 10.0.0.7:8070 or [::1]:8070";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LAST_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):)?(?<port>\\d{1,5})");

    /** Reads {@code [HOST:]PORT}; empty if the text is something else, or names all addresses of the machine. */
    public static Optional<HttpAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group("port")) > LAST_PORT) {
            return Optional.empty();
        }
        String host = Optional.ofNullable(form.group("host")).orElse(LOOPBACK);
        HttpAddress address = new HttpAddress(host, Integer.parseInt(form.group("port")));
        InetSocketAddress resolved = address.resolve();
        boolean isAll = !resolved.isUnresolved() && resolved.getAddress().isAnyLocalAddress();
        return isAll ? Optional.empty() : Optional.of(address);
    }

    InetSocketAddress resolve() {
        return new InetSocketAddress(host.replace("[", "").replace("]", ""), port);
    }
}
