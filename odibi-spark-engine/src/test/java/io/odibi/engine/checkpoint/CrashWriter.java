package io.odibi.engine.checkpoint;

import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Writes numbered files, each of a known content, until it is killed; says the number of each that is written. */
final class CrashWriter {

    static final int WORDS = 20_000;

    private CrashWriter() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = new Path(arguments[0]);
        LocalCheckpointFiles files = new LocalCheckpointFiles(folder);
        for (int number = Integer.parseInt(arguments[1]); ; number++) {
            try (DataOutputStream out = files.createAtomic(new Path(folder, String.valueOf(number)), number % 2 == 0)) {
                for (int word = 0; word < WORDS; word++) {
                    out.writeInt(number);
                }
            }
            System.out.println(number);
            System.out.flush();
        }
    }
}
