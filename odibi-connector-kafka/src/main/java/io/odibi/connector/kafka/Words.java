package io.odibi.connector.kafka;

/** Text of the user's in messages. */
final class Words {

    private static final int LONGEST = 60;

    private Words() {}

    /** Returns a text as it can stand in a message of one line. */
    static String shorten(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > LONGEST ? line.substring(0, LONGEST - 3) + "..." : line;
    }
}
