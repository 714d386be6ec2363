package io.odibi.engine.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSInputStream;

/** A local file as Hadoop reads it: a buffered stream that can move to any place. For one thread. */
final class SeekableFile extends FSInputStream {

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).limit(0);

    SeekableFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, buffer.remaining());
        buffer.get(into, offset, taken);
        return taken;
    }

    private boolean fill() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            return read > 0;
        }
        return true;
    }

    @Override
    public void seek(long position) throws IOException {
        if (position < 0 || position > channel.size()) {
            throw new EOFException("cannot move to byte " + position + " of " + channel.size());
        }
        channel.position(position);
        buffer.limit(0);
    }

    @Override
    public long getPos() throws IOException {
        return channel.position() - buffer.remaining();
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, channel.size() - getPos());
    }

    @Override
    public boolean seekToNewSource(long target) {
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
