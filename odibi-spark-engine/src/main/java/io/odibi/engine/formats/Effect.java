package io.odibi.engine.formats;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import java.util.List;

/** Settings that would do nothing where they are written, which Spark and Delta pass over in silence. */
final class Effect {

    private Effect() {}

    /**
     * Says of each setting that is written that it does nothing here.
     *
     * @param what goes on after the setting's name: {@code has no meaning in batch}
     */
    static void refuse(
            Settings written,
            List<? extends Setting<?>> settings,
            String what,
            String why,
            String fix,
            Findings findings) {
        for (Setting<?> setting : settings) {
            if (written.find(setting).isPresent()) {
                findings.add(Finding.of(FindingCode.CONFIG_CONFLICT, written.at(setting), "'" + setting + "' " + what)
                        .why(why)
                        .fix(fix));
            }
        }
    }

    /** Says of the second of two settings that are written both that only one of them can be. */
    static void exclude(Settings written, Setting<?> one, Setting<?> other, Findings findings) {
        if (written.find(one).isPresent() && written.find(other).isPresent()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(other),
                            "'" + one + "' and '" + other + "' exclude each other")
                    .fix("keep one of them"));
        }
    }
}
