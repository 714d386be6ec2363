package io.odibi.it.eventhubs.emulator;

import java.util.List;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Sasl.SaslOutcome;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;

/** Who may connect: everybody, since what they may open is a matter of {@code $cbs}. */
final class Handshake implements SaslListener {

    static final String[] MECHANISMS = {"MSSBCBS", "ANONYMOUS", "EXTERNAL"};

    @Override
    public void onSaslInit(Sasl sasl, Transport transport) {
        String[] chosen = sasl.getRemoteMechanisms();
        boolean isOffered = chosen.length == 1 && List.of(MECHANISMS).contains(chosen[0]);
        sasl.done(isOffered ? SaslOutcome.PN_SASL_OK : SaslOutcome.PN_SASL_AUTH);
    }

    @Override
    public void onSaslResponse(Sasl sasl, Transport transport) {
        // None of the mechanisms has a second step.
    }

    @Override
    public void onSaslMechanisms(Sasl sasl, Transport transport) {
        // For clients.
    }

    @Override
    public void onSaslChallenge(Sasl sasl, Transport transport) {
        // For clients.
    }

    @Override
    public void onSaslOutcome(Sasl sasl, Transport transport) {
        // For clients.
    }
}
