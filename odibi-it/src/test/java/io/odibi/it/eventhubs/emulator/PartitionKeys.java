package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The service's way from a partition key to a partition: Bob Jenkins' lookup3 over the key in UTF-8, both halves folded to 16 bits. */
final class PartitionKeys {

    private static final int BLOCK = 12;

    private PartitionKeys() {}

    /** The partition of a key. */
    static int partition(String key, int partitions) {
        return Math.abs(hash(key.getBytes(UTF_8)) % partitions);
    }

    private static short hash(byte[] key) {
        int a = 0xdeadbeef + key.length;
        int b = a;
        int c = a;
        int at = 0;
        for (; key.length - at > BLOCK; at += BLOCK) {
            ByteBuffer block = ByteBuffer.wrap(key, at, BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            a += block.getInt();
            b += block.getInt();
            c += block.getInt();
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        if (at < key.length) {
            ByteBuffer rest =
                    ByteBuffer.wrap(Arrays.copyOfRange(key, at, at + BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
            a += rest.getInt();
            b += rest.getInt();
            c += rest.getInt();
            c = (c ^ b) - Integer.rotateLeft(b, 14);
            a = (a ^ c) - Integer.rotateLeft(c, 11);
            b = (b ^ a) - Integer.rotateLeft(a, 25);
            c = (c ^ b) - Integer.rotateLeft(b, 16);
            a = (a ^ c) - Integer.rotateLeft(c, 4);
            b = (b ^ a) - Integer.rotateLeft(a, 14);
            c = (c ^ b) - Integer.rotateLeft(b, 24);
        }
        return (short) (c ^ b);
    }
}
