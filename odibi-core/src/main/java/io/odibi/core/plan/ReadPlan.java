package io.odibi.core.plan;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Position;
import java.util.Optional;

/**
 * A read, every name resolved.
 *
 * @param format the format's name, as the user writes it
 * @param scan what is read
 * @param traits what the source can do
 * @param processing how it is read
 * @param connection the connection; empty for formats that need none
 * @param at where it was written
 */
public record ReadPlan(
        String format,
        Scan scan,
        SourceTraits traits,
        Processing processing,
        Optional<Connection> connection,
        Position at) {}
