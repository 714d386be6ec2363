package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Secret;
import java.util.Optional;

/**
 * {@code type: s3}: objects in a bucket, through Hadoop's {@code s3a}. What it is told holds for the bucket alone, so that two connections
 * may have other keys. Needs {@code org.apache.hadoop:hadoop-aws} at run time.
 */
final class S3ConnectionType implements ConnectionType {

    private static final Setting<String> BUCKET = Places.bucket("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Setting<String> REGION =
            Setting.optional("region", ValueTypes.text("a region such as eu-central-1"), "the bucket's region");
    private static final Setting<String> ENDPOINT = Setting.optional(
            "endpoint", ValueTypes.text("a URL"), "where the service answers, for those that are not Amazon's");
    private static final Setting<Boolean> PATH_STYLE = Setting.optional(
            "path_style", ValueTypes.truth(), "whether the bucket stands in the path and not in the host's name");
    private static final Setting<Secret> ACCESS_KEY = Setting.optional(
            "access_key", ValueTypes.secret(), "the key's id; without it the machine's own credentials are used");
    private static final Setting<Secret> SECRET_KEY = Setting.optional("secret_key", ValueTypes.secret(), "the key");
    private static final Setting<Secret> SESSION_TOKEN =
            Setting.optional("session_token", ValueTypes.secret(), "the token of a key that ends");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "Objects in an S3 bucket",
            BUCKET,
            Places.BASE_PATH,
            REGION,
            ENDPOINT,
            PATH_STYLE,
            ACCESS_KEY,
            SECRET_KEY,
            SESSION_TOKEN);

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        boolean hasId = written.find(ACCESS_KEY).isPresent();
        if (hasId != written.find(SECRET_KEY).isPresent()
                || (written.find(SESSION_TOKEN).isPresent() && !hasId)) {
            findings.add(Finding.of(FindingCode.CONFIG_CONFLICT, written.at(), "the key of S3 is not whole")
                    .fix("give 'access_key' and 'secret_key', or neither for the machine's own credentials"));
            return Optional.empty();
        }
        String bucket = written.get(BUCKET);
        return Optional.of(Places.connection(request, "s3a://" + bucket, session(written, bucket)));
    }

    private static Options session(Settings written, String bucket) {
        String prefix = Places.HADOOP + "fs.s3a.bucket." + bucket + ".";
        Options session = Options.none();
        if (written.find(REGION).isPresent()) {
            session = session.with(prefix + "endpoint.region", written.get(REGION));
        }
        if (written.find(ENDPOINT).isPresent()) {
            session = session.with(prefix + "endpoint", written.get(ENDPOINT));
        }
        if (written.find(PATH_STYLE).isPresent()) {
            session = session.with(prefix + "path.style.access", String.valueOf(written.get(PATH_STYLE)));
        }
        if (written.find(ACCESS_KEY).isPresent()) {
            session = session.with(prefix + "access.key", written.get(ACCESS_KEY))
                    .with(prefix + "secret.key", written.get(SECRET_KEY));
        }
        if (written.find(SESSION_TOKEN).isPresent()) {
            session = session.with(prefix + "session.token", written.get(SESSION_TOKEN))
                    .with(
                            prefix + "aws.credentials.provider",
                            "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider");
        }
        return session;
    }
}
