package io.odibi.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The layering of the product as rules over a root package: {@code io.odibi} for the product itself, another for the breaches that show
 * that each rule can fail.
 */
final class ArchitectureRules {

    private static final String SPI = "io.odibi.core.port.Plugin";

    private final String root;
    private final Set<String> registeredPlugins;

    /**
     * Makes the rules.
     *
     * @param root the package that they are about
     * @param registeredPlugins classes that a {@code META-INF/services} file names
     */
    ArchitectureRules(String root, Set<String> registeredPlugins) {
        this.root = root;
        this.registeredPlugins = registeredPlugins;
    }

    /** All rules, by the names of the breaches that they forbid. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("CoreKnowsALibrary", coreStandsAlone());
        rules.put("JacksonOutsideYaml", jacksonStaysInYaml());
        rules.put("SparkInAConnector", sparkStaysInEngines());
        rules.put("GuiceOutsideWiring", guiceStaysInWiring());
        rules.put("PicocliOutsideCli", picocliStaysInCli());
        rules.put("OtelOutsideMonitoring", otelStaysInMonitoring());
        rules.put("ConnectorSeesAConnector", connectorsSeeTheCoreOnly());
        rules.put("Cycle", noCycles());
        rules.put("InternalAbroad", internalStaysAtHome());
        rules.put("SecondServiceLoader", oneServiceLoader());
        rules.put("UnregisteredPlugin", pluginsAreRegistered());
        rules.put("SecondCheckedPlan", oneMakerOfCheckedPlans());
        rules.put("PrintsToTheConsole", consoleBelongsToTheCli());
        rules.put("FieldInjection", noFieldInjection());
        rules.put("NobodyDependsOnTheCli", nobodyUsesTheCli());
        rules.put("MutableStatic", noMutableStatics());
        return rules;
    }

    private ArchRule coreStandsAlone() {
        return classes()
                .that()
                .resideInAPackage(in("core.."))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations..", in("core.."))
                .because(
                        "the core is embedded without an engine: put what needs a library behind a port, in another module");
    }

    private ArchRule jacksonStaysInYaml() {
        return only("com.fasterxml.jackson..", "org.yaml.snakeyaml..")
                .in("config.yaml..", "config.json..", "monitoring.channel..")
                .because("text becomes io.odibi.core.text.ConfigValue in one place: decode from that");
    }

    private ArchRule sparkStaysInEngines() {
        return only("org.apache.spark..", "io.delta..", "scala..", "org.apache.hadoop..")
                .in("engine..", "transforms..", "monitoring.spark..", "testkit.spark..")
                .because("connectors describe and the engine performs: return a Scan or Target instead");
    }

    private ArchRule guiceStaysInWiring() {
        return only("com.google.inject..")
                .in("..wiring..")
                .because("classes take what they need through their constructors: bind them in the wiring package");
    }

    private ArchRule picocliStaysInCli() {
        return only("picocli..")
                .in("cli..")
                .because("a command line is for people: offer a method to embedders instead");
    }

    private ArchRule otelStaysInMonitoring() {
        return only("io.opentelemetry..")
                .in("monitoring.otel..")
                .because("who wants no metrics must not load them: tell a RunEvent, and count it there");
    }

    private ArchRule connectorsSeeTheCoreOnly() {
        return slices().matching(in("connector.(*).."))
                .should()
                .notDependOnEachOther()
                .because("a team adds only the connectors that it needs: share through the core")
                .allowEmptyShould(true);
    }

    private ArchRule noCycles() {
        return slices().matching(in("(**)"))
                .should()
                .beFreeOfCycles()
                .because(
                        "a class belongs to one arrow from text to progress: if data must go back, the design is wrong");
    }

    private ArchRule internalStaysAtHome() {
        return classes()
                .that()
                .resideInAPackage(in("..internal.."))
                .should(beUsedBySameModuleOnly())
                .because("an internal package may change at any time: use the module's root package")
                .allowEmptyShould(true);
    }

    private ArchRule oneServiceLoader() {
        return noClasses()
                .that()
                .resideInAPackage(in(".."))
                .and()
                .doNotHaveFullyQualifiedName("io.odibi.core.catalog.PluginCatalog")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .because("PluginCatalog finds plugins and tells clashes: ask it");
    }

    private ArchRule pluginsAreRegistered() {
        return classes()
                .that()
                .resideInAPackage(in(".."))
                .and(are(assignableTo(SPI)))
                .and()
                .areNotInterfaces()
                .should(beRegistered())
                .because("ServiceLoader finds only what META-INF/services names: add the class there");
    }

    private ArchRule oneMakerOfCheckedPlans() {
        return noClasses()
                .that()
                .resideInAPackage(in(".."))
                .and()
                .doNotHaveSimpleName("PlanChecker")
                .should()
                .callConstructorWhere(new DescribedPredicate<>("the target is CheckedPlan") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                        return call.getTargetOwner().getSimpleName().equals("CheckedPlan");
                    }
                })
                .because("a plan that nobody checked must not be startable: ask PlanChecker");
    }

    private ArchRule consoleBelongsToTheCli() {
        return noClasses()
                .that(not(resideInAPackage(in("cli.."))).and(resideInAPackage(in(".."))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .because("an embedder owns the console and the process: throw, tell a RunEvent, or log");
    }

    private ArchRule noFieldInjection() {
        return noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(in(".."))
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("com.google.inject.Inject")
                .because("a class that can be made without its parts is half made: inject constructors");
    }

    private ArchRule nobodyUsesTheCli() {
        return noClasses()
                .that(not(resideInAnyPackage(in("cli.."), in("it.."))).and(resideInAPackage(in(".."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("cli.."))
                .because("the command line is the composition root: move what others need below it");
    }

    private ArchRule noMutableStatics() {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(in(".."))
                .and()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .because("two embedders share one JVM: keep state in an object that somebody owns");
    }

    private ArchCondition<JavaClass> beRegistered() {
        return new ArchCondition<>("be named in META-INF/services/" + SPI) {
            @Override
            public void check(JavaClass plugin, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        plugin, registeredPlugins.contains(plugin.getName()), plugin.getName() + " is not registered"));
            }
        };
    }

    private ArchCondition<JavaClass> beUsedBySameModuleOnly() {
        return new ArchCondition<>("be used by their own module only") {
            @Override
            public void check(JavaClass internal, ConditionEvents events) {
                internal.getDirectDependenciesToSelf().stream()
                        .filter(use -> !module(use.getOriginClass()).equals(module(internal)))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(internal, use.getDescription())));
            }
        };
    }

    private String module(JavaClass of) {
        String below =
                of.getPackageName().substring(Math.min(of.getPackageName().length(), root.length()));
        String[] parts = below.split("\\.", -1);
        return parts.length < 2 ? "" : parts[1];
    }

    private Only only(String... packages) {
        return new Only(packages);
    }

    private String in(String below) {
        return root + (below.startsWith("..") ? "" : ".") + below;
    }

    /** Says in which of the product's packages some foreign packages may be used. */
    private final class Only {
        private final String[] foreign;

        private Only(String... foreign) {
            this.foreign = foreign.clone();
        }

        private com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction in(String... allowed) {
            String[] homes = new String[allowed.length];
            for (int i = 0; i < allowed.length; i++) {
                homes[i] = ArchitectureRules.this.in(allowed[i]);
            }
            return noClasses()
                    .that(not(resideInAnyPackage(homes)).and(resideInAPackage(ArchitectureRules.this.in(".."))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(foreign);
        }
    }
}
