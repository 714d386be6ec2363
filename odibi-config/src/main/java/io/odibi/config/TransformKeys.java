package io.odibi.config;

import io.odibi.core.model.StepSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import java.util.ArrayList;
import java.util.List;

/** {@code transform:} of a node. */
final class TransformKeys {

    private static final Setting<ConfigValue> STEPS = Setting.required(
            "steps",
            Types.part(new TypeShape.ListOf(StepKeys.shape())),
            "What is done to the input, in order; each step sees the result of the one before as 'df' and '{input}'");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of("What the node does to its input", STEPS);

    private TransformKeys() {}

    static List<StepSpec> read(Mapping mapping, Scope scope) {
        Settings settings = scope.salvage(DECLARATION, mapping);
        List<StepSpec> steps = new ArrayList<>();
        int number = 0;
        for (ConfigValue step : settings.find(STEPS).map(Types::itemsOf).orElse(List.of())) {
            StepKeys.read(step, scope.in(STEPS.name(), String.valueOf(number++)))
                    .ifPresent(steps::add);
        }
        return steps;
    }
}
