package io.odibi.engine;

import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import io.odibi.engine.session.LockedSettings;

/** A project leaves those settings of Spark alone on which promises of Odibi rest. */
final class EngineSettingsRule implements Rule {

    @Override
    public void check(CheckContext context) {
        context.plan().nodes().stream()
                .findFirst()
                .ifPresent(any -> LockedSettings.check(context.plan().engine())
                        .sorted()
                        .forEach(finding -> context.report(any.id(), finding)));
    }
}
