package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Secret;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.TestAbortedException;

/** Each behaviour of the suites fails for something that does not have it. */
class ContractsFindFaultsTest {

    private static final Setting<Long> COUNT =
            Setting.withDefault("count", ValueTypes.whole(1, 9), 1L, "How many there are");
    private static final Setting<Secret> TOKEN = Setting.optional("token", ValueTypes.secret(), "What lets you in");
    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of("Things", COUNT, TOKEN);

    @Test
    void aGoodSourcePasses() {
        SourceContract contract = contract(new FaultySource());
        assertThatCode(() -> {
                    contract.canBeReadSomehow();
                    contract.describesARead();
                    contract.describesTheSameEachTimeWithoutContact();
                    contract.describesTheSameDataInBatchAndAsAStream();
                    contract.refusesUnknownSettings();
                    contract.hasReadableDefaults();
                    contract.answersHostileValuesWithFindings();
                    contract.showsNoSecret();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void findsASourceThatChangesItsMind() {
        AtomicInteger calls = new AtomicInteger();
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                return Optional.of(scan("things " + calls.incrementAndGet(), Options.none()));
            }
        })::describesTheSameEachTimeWithoutContact);
    }

    @Test
    void findsASourceThatPhonesHome() {
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 100);
                } catch (IOException nobodyThere) {
                    assertThat(nobodyThere).isNotNull();
                }
                return super.describe(request, findings);
            }
        })::describesTheSameEachTimeWithoutContact);
    }

    @Test
    void findsASourceThatThrows() {
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                boolean even = request.settings()
                        .find(TOKEN)
                        .map(token -> Integer.parseInt(token.reveal()) % 2 == 0)
                        .orElse(true);
                assertThat(even).isTrue();
                return super.describe(request, findings);
            }
        })::answersHostileValuesWithFindings);
    }

    @Test
    void findsASourceThatReportsAndGoesOn() {
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                request.settings()
                        .find(TOKEN)
                        .ifPresent(token -> findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE, request.address().at(), "a fault")));
                return super.describe(request, findings);
            }
        })::answersHostileValuesWithFindings);
    }

    @Test
    void findsASourceThatShowsASecret() {
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                return Optional.of(scan(
                        "things",
                        request.settings()
                                .find(TOKEN)
                                .map(token -> Options.none().with("token", token.reveal()))
                                .orElse(Options.none())));
            }
        })::showsNoSecret);
    }

    @Test
    void findsASourceWithAStreamOfOtherData() {
        refuses(contract(new FaultySource() {
            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                return Optional.of(scan(request.processing().name(), Options.none()));
            }
        })::describesTheSameDataInBatchAndAsAStream);
    }

    @Test
    void findsASourceThatTakesAnyKey() {
        refuses(contract(new FaultySource() {
            @Override
            public SettingsDeclaration settings() {
                return SETTINGS.passing("", "Anything");
            }
        })::refusesUnknownSettings);
    }

    @Test
    void findsASourceThatCannotBeRead() {
        refuses(contract(new FaultySource() {
            @Override
            public SourceTraits traits() {
                return new SourceTraits(Set.of(), SourceTraits.Replay.NONE);
            }
        })::canBeReadSomehow);
    }

    @Test
    void findsASinkThatTakesNothing() {
        refuses(
                new FaultySink(new SinkTraits(
                        Set.of(),
                        Set.of(),
                        WriteMode.APPEND,
                        new Delivery(Delivery.Guarantee.AT_LEAST_ONCE, "it says so")))::canBeWrittenSomehow);
    }

    @Test
    void findsASinkWhoseDefaultItCannotDo() {
        FaultySink contract = new FaultySink(new SinkTraits(
                Set.of(),
                Set.of(WriteMode.APPEND),
                WriteMode.OVERWRITE,
                new Delivery(Delivery.Guarantee.AT_LEAST_ONCE, "")));
        refuses(contract::canDoItsDefaultWriteMode);
        refuses(contract::saysWhatItsPromiseRestsOn);
        assertThatCode(contract::describesAWrite).doesNotThrowAnyException();
    }

    @Test
    void findsAPluginThatIsNotListed() {
        refuses(new FaultyPluginContract(SloppyPlugin.class)::isListedForTheServiceLoader);
    }

    @Test
    void findsAPluginThatTheServiceLoaderCannotMake() {
        refuses(new FaultyPluginContract(HiddenPlugin.class)::hasAPublicConstructorWithoutParameters);
    }

    @Test
    void findsAPluginThatStartsAThread() {
        refuses(new FaultyPluginContract(SloppyPlugin.class)::contactsNothingWhenItIsMade);
        SloppyPlugin.stopAll();
    }

    @Test
    void findsSloppySettings() {
        FaultyPluginContract contract = new FaultyPluginContract(SloppyPlugin.class);
        refuses(contract::tellsWhatEachSettingMeans);
        refuses(contract::takesEachSettingInSnakeCase);
        refuses(contract::givesEachSettingNamesOfItsOwn);
        refuses(contract::showsNoSecretSetting);
        SloppyPlugin.stopAll();
    }

    @Test
    void findsAConnectionThatKeepsItsSecretToItself() {
        refuses(new ForgetfulConnection()::handsItsSecretsOn);
    }

    @Test
    void skipsWhatIsWaivedAndKnowsEachWaiver() {
        SourceContract waiving = new Suite(new FaultySource()) {
            @Override
            protected Map<String, String> waivers() {
                return Map.of("describesARead", "because");
            }
        };
        assertThatCode(waiving::waivesBehavioursOfTheSuiteWithReasons).doesNotThrowAnyException();
        assertThatThrownBy(() -> waiving.skipWhatIsWaived(new Named("describesARead")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("waived: because");
        refuses(new Suite(new FaultySource()) {
            @Override
            protected Map<String, String> waivers() {
                return Map.of("describesAReed", "because");
            }
        }::waivesBehavioursOfTheSuiteWithReasons);
    }

    private static void refuses(Runnable behaviour) {
        assertThatThrownBy(behaviour::run).isInstanceOf(AssertionError.class);
    }

    private static SourceContract contract(Source source) {
        return new Suite(source);
    }

    private static Scan scan(String label, Options options) {
        return new Scan.FormatScan("things", Optional.empty(), options, new ScanSchema.Fixed("thing STRING"), label);
    }

    private static class Suite extends SourceContract {
        private final Source source;

        private Suite(Source source) {
            this.source = source;
        }

        @Override
        protected Source source() {
            return source;
        }

        @Override
        protected DataAddress address() {
            return Addresses.none();
        }

        @Override
        protected Mapping minimal() {
            return ConfigValues.mapping();
        }
    }

    private static class FaultySource implements Source {
        @Override
        public SettingsDeclaration settings() {
            return SETTINGS;
        }

        @Override
        public SourceTraits traits() {
            return new SourceTraits(Set.of(Processing.values()), SourceTraits.Replay.NONE);
        }

        @Override
        public Optional<Scan> describe(ReadRequest request, Findings findings) {
            return Optional.of(scan("things", Options.none()));
        }
    }

    private static final class FaultySink extends SinkContract {
        private final SinkTraits traits;

        private FaultySink(SinkTraits traits) {
            this.traits = traits;
        }

        @Override
        protected Sink sink() {
            return new Sink() {
                @Override
                public SettingsDeclaration settings() {
                    return SETTINGS;
                }

                @Override
                public SinkTraits traits(WriteRequest request) {
                    return traits;
                }

                @Override
                public Optional<Target> describe(WriteRequest request, Findings findings) {
                    return Optional.of(new Target.BatchTarget<>((rows, batch) -> {}, "things"));
                }
            };
        }

        @Override
        protected DataAddress address() {
            return Addresses.none();
        }

        @Override
        protected Mapping minimal() {
            return ConfigValues.mapping();
        }
    }

    private static final class ForgetfulConnection extends ConnectionContract {
        @Override
        protected ConnectionType type() {
            return new ConnectionType() {
                @Override
                public SettingsDeclaration settings() {
                    return SETTINGS;
                }

                @Override
                public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
                    return Optional.of(Connection.toSystem(request.name(), request.type(), Options.none()));
                }
            };
        }

        @Override
        protected Mapping minimal() {
            return ConfigValues.mapping();
        }

        @Override
        protected Mapping full() {
            return ConfigValues.mapping("token", CANARY);
        }
    }

    private static final class FaultyPluginContract extends PluginContract {
        private final Class<? extends Plugin> plugin;

        private FaultyPluginContract(Class<? extends Plugin> plugin) {
            this.plugin = plugin;
        }

        @Override
        protected Class<? extends Plugin> plugin() {
            return plugin;
        }
    }

    /** The service loader cannot make it. */
    static final class HiddenPlugin implements Plugin {
        HiddenPlugin() {}

        @Override
        public void contribute(Contributions to) {}
    }

    /** Does everything that a plugin should not do. */
    public static final class SloppyPlugin implements Plugin {
        private static final Object STOP = new Object();
        private static boolean stopped;

        /** Starts a thread. */
        public SloppyPlugin() {
            Thread thread = new Thread(SloppyPlugin::linger, "sloppy");
            thread.setDaemon(true);
            thread.start();
        }

        private static void linger() {
            synchronized (STOP) {
                while (!stopped) {
                    try {
                        STOP.wait();
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                }
            }
        }

        static void stopAll() {
            synchronized (STOP) {
                stopped = true;
                STOP.notifyAll();
            }
        }

        @Override
        public void contribute(Contributions to) {
            to.source("sloppy", new FaultySource() {
                @Override
                public SettingsDeclaration settings() {
                    return SettingsDeclaration.of(
                            "Things",
                            Setting.optional("someThing", ValueTypes.text(), "It ends with a full stop."),
                            Setting.optional("someThing", ValueTypes.text(), "It has another's name"),
                            Setting.withDefault(
                                    "password", ValueTypes.secret(), Secret.of("1234"), "It has a default"));
                }
            });
        }
    }

    /** What JUnit tells of a test, as far as a contract asks. */
    private record Named(String name) implements TestInfo {
        @Override
        public String getDisplayName() {
            return name;
        }

        @Override
        public Set<String> getTags() {
            return Set.of();
        }

        @Override
        public Optional<Class<?>> getTestClass() {
            return Optional.of(SourceContract.class);
        }

        @Override
        public Optional<Method> getTestMethod() {
            try {
                return Optional.of(SourceContract.class.getDeclaredMethod(name));
            } catch (NoSuchMethodException unknown) {
                return Optional.empty();
            }
        }
    }
}
