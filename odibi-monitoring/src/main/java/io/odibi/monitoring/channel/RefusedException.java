package io.odibi.monitoring.channel;

import java.io.IOException;
import java.net.HttpURLConnection;

/** Somebody answered, but not with what was asked for; the message is a line for a person. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    RefusedException(int code) {
        super(
                switch (code) {
                    case HttpURLConnection.HTTP_UNAUTHORIZED -> "the token is wrong";
                    case HttpURLConnection.HTTP_FORBIDDEN -> "it does not go by that name";
                    default -> "no control channel of a run is there";
                });
    }
}
