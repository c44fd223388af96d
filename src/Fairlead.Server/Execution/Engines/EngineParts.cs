using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>What this machine has to build images with.</summary>
/// <param name="Kind">The engine to use.</param>
/// <param name="Program">The docker client that speaks BuildKit; null for buildah.</param>
internal sealed partial record EngineParts(string Kind, string? Program)
{
    /// <summary>What any engine needs around it.</summary>
    internal static readonly string[] Namespaces =
    [
        "rootlesskit",
        "slirp4netns",
        "newuidmap",
        "ip",
        "socat",
        "setpriv",
    ];

    /// <summary>What buildah needs besides.</summary>
    internal static readonly string[] Jail = ["buildah", "runc", "pivot_root", "unshare", "tar", "xargs"];

    private const string NoClient = "no docker client that speaks BuildKit";

    /// <summary>BuildKit where docker is to be had, else buildah, unless the options say which.</summary>
    public static async Task<Outcome<EngineParts>> Find(
        EngineOptions options,
        ProgramRunner programs,
        CancellationToken cancel
    )
    {
        if (options.Kind == EngineSettings.Buildah && options.Buildx is not null)
            return EngineFailures.NeedsDocker("buildx");
        if (options.Kind == EngineSettings.Buildah && options.DockerHost is not null)
            return EngineFailures.NeedsDocker("docker-host");
        var wanted = options.Buildx is null ? NoClient : "no docker client with the buildx plug-in";
        if (options.DockerHost is not null)
            return await Client(options, programs, cancel) is { } own
                ? new EngineParts(EngineSettings.BuildKit, own)
                : EngineFailures.NoEngine([wanted]);
        if (options.Kind is not ("auto" or EngineSettings.BuildKit or EngineSettings.Buildah))
            return EngineFailures.KindUnknown(options.Kind);
        var problems = Missing(Namespaces).Concat(Device()).ToList();
        if (problems.Count > 0)
            return EngineFailures.NoEngine(problems);
        var client = options.Kind == EngineSettings.Buildah ? null : await Client(options, programs, cancel);
        if (client is not null && ProgramRunner.Find("dockerd") is not null)
            return new EngineParts(EngineSettings.BuildKit, client);
        if (options.Kind != EngineSettings.Buildah)
            problems.Add(client is null ? wanted : "dockerd is missing");
        if (options.Kind == EngineSettings.BuildKit || options.Buildx is not null)
            return EngineFailures.NoEngine(problems);
        var jail = Missing(Jail).ToList();
        return jail.Count == 0
            ? new EngineParts(EngineSettings.Buildah, null)
            : EngineFailures.NoEngine([.. problems, .. jail]);
    }

    private static IEnumerable<string> Missing(string[] programs) =>
        programs.Where(name => ProgramRunner.Find(name) is null).Select(name => $"{name} is missing");

    /// <summary>
    /// The first docker client that can drive BuildKit: up to version 22 it is built in, later ones need their buildx
    /// plug-in, and so does any for a builder of buildx.
    /// </summary>
    private static async Task<string?> Client(EngineOptions options, ProgramRunner programs, CancellationToken cancel)
    {
        foreach (var directory in ProgramCall.SearchPath.Split(':'))
        {
            var path = Path.Combine(directory, "docker");
            if (!File.Exists(path))
                continue;
            var version = await programs.Run(new ProgramCall(path, ["--version"]), cancel);
            if (!version.Ok || !Version().Match(version.Value.Output).Groups.TryGetValue("major", out var major))
                continue;
            if (
                options.Buildx is null
                && int.TryParse(major.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number < 23
            )
                return path;
            var plugin = await programs.Run(new ProgramCall(path, ["buildx", "version"]), cancel);
            if (plugin is { Ok: true, Value.Ok: true })
                return path;
        }
        return null;
    }

    /// <summary>
    /// The network of an engine needs /dev/net/tun for everyone, as systemd's own udev rule gives it; where no udev
    /// runs, root sets the same mode.
    /// </summary>
    private static IEnumerable<string> Device()
    {
        const string Tun = "/dev/net/tun";
        const UnixFileMode Everyone =
            UnixFileMode.UserRead
            | UnixFileMode.UserWrite
            | UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;
        if (!File.Exists(Tun))
            yield return $"{Tun} is missing";
        else if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(Tun, Everyone);
        else if (File.GetUnixFileMode(Tun) != Everyone)
            yield return $"{Tun} is not for everyone (mode 0666)";
    }

    [GeneratedRegex(@"version (?<major>[0-9]+)\.")]
    private static partial Regex Version();
}
