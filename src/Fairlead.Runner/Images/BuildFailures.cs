using Fairlead.Core.Outcomes;

namespace Fairlead.Runner.Images;

/// <summary>Why an image was not built or not published, in one sentence each.</summary>
internal static class BuildFailures
{
    public static Failure NoDockerfile(string path) =>
        new("build.no-dockerfile", $"There is no file {path} in this commit.", 422)
        {
            Field = "dockerfile",
            Remedy = "Add it, or mend directory and file name in the build rule.",
        };

    public static Failure NoContext(string path) =>
        new("build.no-context", $"There is no directory {path} in this commit.", 422)
        {
            Field = "directory",
            Remedy = "Add it, or mend the directory in the build rule.",
        };

    public static Failure Outside(string field, string path) =>
        new("build.outside", $"The path {path} leads out of the repository.", 422)
        {
            Field = field,
            Remedy = "Name a plain path below the repository's root: no .., no symbolic link.",
        };

    public static Failure SyntaxImage(string image) =>
        new("build.syntax-image", $"The Dockerfile asks for the front end {image}, which is not allowed.", 422)
        {
            Field = "dockerfile",
            Remedy = "Remove the # syntax= line, or use docker/dockerfile.",
        };

    public static Failure Syntax(int? line, string words) =>
        new(
            "build.dockerfile-syntax",
            line is { } at ? $"The Dockerfile is wrong at line {at}: {words}." : $"The Dockerfile is wrong: {words}.",
            422
        )
        {
            Field = "dockerfile",
            Remedy = "Mend it there and push again.",
        };

    public static Failure Step(string step, int exit) =>
        new("build.step-failed", $"The step {step} ended with exit code {exit}.", 422)
        {
            Remedy = exit switch
            {
                127 => "A program it calls is not in the image.",
                137 => "It was killed, most likely for using more memory than a build may.",
                _ => "Its last lines in the log say why.",
            },
        };

    public static Failure NoEmulation(string step, string platform) =>
        new("build.no-emulation", $"The step {step} runs a program for {platform}, which this machine cannot.", 422)
        {
            Field = "platforms",
            Remedy =
                $"Install qemu-user-static on the machine, take {platform} off the rule's platforms, "
                + "or run the step in a stage FROM --platform=$BUILDPLATFORM and copy what it made.",
            Retry = Retry.NeedsPerson,
        };

    /// <summary>The same failure, of one platform of several.</summary>
    public static Failure On(string platform, Failure failure) =>
        failure with
        {
            Sentence = $"For {platform}: {char.ToLowerInvariant(failure.Sentence[0])}{failure.Sentence[1..]}",
        };

    public static Failure CopyMissing(string path) =>
        new("build.copy-missing", $"A COPY or ADD names {path}, which is not in the build directory.", 422)
        {
            Remedy = "Check the path, and whether .dockerignore leaves it out.",
        };

    public static Failure BaseMissing(string image) =>
        new("build.base-missing", $"The base image {image} does not exist.", 422)
        {
            Remedy = "Check its name and tag in the FROM line.",
        };

    public static Failure BaseDenied(string image) =>
        new("build.base-denied", $"The registry of the base image {image} refuses to give it to us.", 422)
        {
            Remedy = "Give this image a connection that may pull it, or check the name.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure BaseUnreachable(string image) =>
        new("build.base-unreachable", $"The registry of the base image {image} does not answer.", 502)
        {
            Remedy = "Check the registry's name in the FROM line and that it runs; then build again.",
            Retry = Retry.Later,
        };

    public static Failure BaseCertificate(string image) =>
        new(
            "build.base-certificate",
            $"The registry of the base image {image} shows a certificate of an authority that is not trusted here.",
            502
        )
        {
            Remedy = "Give a connection to that registry, one everyone may use, the authority's certificate (PEM).",
            Retry = Retry.NeedsPerson,
        };

    public static Failure BaseCertificateExpired(string image) =>
        new(
            "build.base-certificate-expired",
            $"The certificate of the registry of the base image {image} has expired or is not valid yet.",
            502
        )
        {
            Remedy = "The registry's administrator has to renew it.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure BaseCertificateName(string image) =>
        new(
            "build.base-certificate-name",
            $"The certificate that the registry of the base image {image} shows is for another host.",
            502
        )
        {
            Remedy = "Use the host name the certificate was issued for.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure BaseLoopbackTls(string image) =>
        new(
            "build.base-loopback-tls",
            $"The registry of the base image {image} wants TLS, but docker speaks only plain http to this machine's "
                + "loopback address.",
            422
        )
        {
            Remedy = "Use the machine's name or another of its addresses, in the connection and in the FROM line.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure BaseRealmMoved(string image) =>
        new(
            "build.base-realm-moved",
            $"The registry of the base image {image} asks for the login at another place than was confirmed; "
                + "the password was not sent.",
            422
        )
        {
            Remedy = VerifyRealm,
            Retry = Retry.NeedsPerson,
        };

    public static Failure ArgumentReserved(string name) =>
        new("build.argument-reserved", $"The build argument {name} is the engine's own.", 422)
        {
            Field = "arguments",
            Remedy = "Choose a name that does not begin with BUILDKIT_.",
        };

    public static Failure StageMissing(string stage) =>
        new("build.stage-missing", $"The Dockerfile has no stage {stage}.", 422)
        {
            Field = "dockerfile",
            Remedy = "Check the name behind --from= or FROM.",
        };

    public static Failure DiskFull(string phase) =>
        new($"{phase}.disk-full", "The disk of the image engine is full.", 507)
        {
            Remedy = "Free some space, or lower the size of the layer cache.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure EngineGone(string phase) =>
        new($"{phase}.engine-gone", "The image engine ended while it worked.", 503)
        {
            Remedy = "See whether the machine ran out of memory, then build again.",
            Retry = Retry.Later,
        };

    public static Failure Other(string words) =>
        new("build.failed", $"The build failed: {words}.", 422) { Remedy = "The last lines of the log tell more." };

    public static Failure PushDenied(string repository) =>
        new("push.denied", $"The registry refuses a push to {repository}.", 403)
        {
            Remedy = "Check that the connection's user may write there.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure PushUnreachable(string registry) =>
        new("push.unreachable", $"The registry {registry} does not answer.", 502)
        {
            Remedy = "Check that it runs and that this machine may reach it; then build again.",
            Retry = Retry.Later,
        };

    public static Failure PushCertificate(string registry) =>
        new(
            "push.certificate",
            $"The registry {registry} shows a certificate of an authority that is not trusted here.",
            502
        )
        {
            Remedy = "Paste the authority's certificate (PEM) into the connection.",
            Retry = Retry.NeedsPerson,
        };

    public static readonly Failure ImageGone = new(
        "push.image-gone",
        "The image engine does not have the image any more.",
        502
    )
    {
        Retry = Retry.Later,
    };

    public static Failure PushCertificateExpired(string registry) =>
        new(
            "push.certificate-expired",
            $"The certificate of the registry {registry} has expired or is not valid yet.",
            502
        )
        {
            Remedy = "The registry's administrator has to renew it.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure PushCertificateName(string registry) =>
        new("push.certificate-name", $"The certificate that the registry {registry} shows is for another host.", 502)
        {
            Remedy = "Use the host name the certificate was issued for.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure PushRealmMoved(string registry) =>
        new(
            "push.realm-moved",
            $"The registry {registry} asks for the login at another place than was confirmed; "
                + "the password was not sent.",
            422
        )
        {
            Remedy = VerifyRealm,
            Retry = Retry.NeedsPerson,
        };

    private const string VerifyRealm =
        "Ask the registry's administrator whether it moved; then verify its connection and confirm the new one.";

    public static Failure PushOther(string words) =>
        new("push.failed", $"The push failed: {words}.", 502)
        {
            Remedy = "The last lines of the log tell more; then build again.",
            Retry = Retry.Later,
        };

    public static Failure NoToken(string registry) =>
        new("push.no-token", $"The registry {registry} gives no token for this push.", 403)
        {
            Remedy = "Check the connection's user and password.",
            Retry = Retry.NeedsPerson,
        };
}
