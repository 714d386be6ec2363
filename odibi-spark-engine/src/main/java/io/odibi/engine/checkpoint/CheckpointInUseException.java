package io.odibi.engine.checkpoint;

import java.io.IOException;

/** Another query uses a checkpoint. Spark does not notice: both would write, and rows would be lost and repeated. */
public final class CheckpointInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    CheckpointInUseException(String checkpoint, String owner) {
        super("the checkpoint " + checkpoint + " is used by " + owner);
    }
}
