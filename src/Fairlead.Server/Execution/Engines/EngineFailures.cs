using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Execution.Engines;

internal static class EngineFailures
{
    public static Failure NoEngine(IReadOnlyList<string> missing) =>
        new("engine.none", $"This machine cannot build images: {string.Join(", ", missing)}.", 503)
        {
            Remedy = "Run `./dev doctor`: it names the packages to install.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure KindUnknown(string kind) =>
        new("engine.kind-unknown", $"There is no image engine called {kind}.", 422)
        {
            Field = "engine",
            Remedy = "Use auto, buildkit or buildah.",
        };

    public static Failure NotStarted(int slot, string lastWords) =>
        new("engine.not-started", $"The image engine of slot {slot} did not start: {lastWords}", 503)
        {
            Remedy = "Its log is engine.log in the slot's state directory.",
            Retry = Retry.Later,
        };

    public static Failure StrangeRegistry(string host) =>
        new("engine.registry-host", $"{host} is not the host of a registry.", 422)
        {
            Field = "registry",
            Remedy = "Write a host name or an IPv4 address, and a port where it is not the usual one.",
        };

    public static Failure HostForm(string host) =>
        OfHost("form", $"'{host}' is not the address of a docker host.", "Write unix:///PATH or tcp://HOST:PORT.");

    public static Failure HostInTheClear(string host) =>
        OfHost(
            "in-the-clear",
            $"The docker host {host} would be spoken to in the clear, and whoever listens could take it over.",
            "Give it TLS, and its ca.pem, cert.pem and key.pem with --docker-certificates DIR."
        );

    public static Failure HostNeedsNoCertificates(string host) =>
        OfHost("no-certificates", $"The docker host {host} is a socket: it has no use for certificates.", null) with
        {
            Field = "docker-certificates",
            Remedy = "Leave --docker-certificates away.",
        };

    public static Failure HostFileMissing(string file) =>
        OfHost("certificate-file", $"The file {file} is missing or no PEM of its kind.", null) with
        {
            Field = "docker-certificates",
            Remedy = "The directory needs ca.pem, cert.pem and key.pem, as docker's own DOCKER_CERT_PATH.",
        };

    public static Failure HostCertificate(string host) =>
        OfHost(
            "certificate",
            $"The docker host {host} and this server do not trust each other's certificate.",
            "Check that ca.pem signed its certificate, that this names the host, and that neither has ended."
        );

    public static Failure HostRefuses(string host) =>
        OfHost(
            "refuses",
            $"The docker host {host} does not let us in.",
            "Check that cert.pem was signed by the authority that the daemon was started with (--tlscacert)."
        );

    public static Failure HostStrange(string host) =>
        OfHost(
            "strange",
            $"What answers at the docker host {host} is no docker daemon, or one that wants TLS.",
            "Check the address; for TLS give --docker-certificates DIR."
        );

    public static Failure HostDenied(string host, string user) =>
        OfHost(
            "denied",
            $"The user {user} may not use the docker host {host}.",
            "Add it to the socket's group, knowing that this makes builds as powerful as that daemon."
        );

    public static Failure HostUnreachable(string host) =>
        OfHost(
            "unreachable",
            $"The docker host {host} does not answer.",
            "Start it, or leave the setting away to use this server's own engine."
        ) with
        {
            Retry = Retry.Later,
        };

    /// <param name="option">The option that asks for docker.</param>
    public static Failure NeedsDocker(string option) =>
        new("engine.needs-docker", $"--{option} is for docker: it does not go with buildah.", 422)
        {
            Field = "engine",
            Remedy = $"Use --engine buildkit or auto, or leave --{option} away.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoBuilder(string name, string configuration) =>
        new("engine.no-builder", $"There is no buildx builder {name} in {configuration}.", 422)
        {
            Field = "buildx",
            Remedy = "Make it with docker buildx create --name, or name its directory with --buildx-config.",
            Retry = Retry.NeedsPerson,
        };

    private static Failure OfHost(string what, string sentence, string? remedy) =>
        new($"engine.host-{what}", sentence, 503)
        {
            Field = "docker-host",
            Remedy = remedy,
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoUser(string user) =>
        new("engine.no-user", $"The user {user} that image engines run as does not exist.", 503)
        {
            Remedy = "Run deploy/create-users.sh as root.",
            Retry = Retry.NeedsPerson,
        };

    public static Failure NoDirectory(string directory) =>
        new("engine.no-directory", $"The directory {directory} cannot be made for the image engine.", 503)
        {
            Retry = Retry.NeedsPerson,
        };

    public static Failure RunPathTooLong(string path) =>
        new("engine.run-path-too-long", $"The path {path} is too long for a Unix socket.", 422)
        {
            Field = "run",
            Remedy = "Choose a shorter run directory.",
        };
}
