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

    public static Failure HostUnreachable(string host) =>
        new("engine.host-unreachable", $"The docker host {host} does not answer.", 503)
        {
            Field = "docker-host",
            Remedy = "Start it, or leave the setting away to use this server's own engine.",
            Retry = Retry.Later,
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
