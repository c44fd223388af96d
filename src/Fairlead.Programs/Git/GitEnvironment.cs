using Fairlead.Core.Sources;

namespace Fairlead.Programs.Git;

/// <summary>
/// The whole environment of a git call, built from nothing. Every setting is one of facts/security.md 2A; settings
/// go through GIT_CONFIG_COUNT, which outranks a repository's own configuration and stands in no process list.
/// </summary>
internal static class GitEnvironment
{
    public static Dictionary<string, string> For(GitCall call, GitFiles? files)
    {
        var environment = new Dictionary<string, string>(Fixed)
        {
            ["GIT_ALLOW_PROTOCOL"] = call.Remote is { } remote ? UrlOf(remote).Scheme : "none",
        };
        if (call.TracePackets)
            environment["GIT_TRACE_PACKET"] = "1";
        if (call.Remote is { } other && UrlOf(other) is { IsSsh: true } url)
            environment["GIT_SSH_COMMAND"] = SshCommand.For(url, other.PinnedAddress, files!);
        var settings = Settings(call, files).ToList();
        environment["GIT_CONFIG_COUNT"] = settings.Count.ToString();
        for (var i = 0; i < settings.Count; i++)
            (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = settings[i];
        return environment;
    }

    /// <exception cref="ArgumentException">The address was not made by <see cref="GitUrl"/>.</exception>
    public static GitUrl UrlOf(GitRemote remote) =>
        GitUrl.Parse(remote.Address.Url) is { Ok: true, Value: var url }
            ? url
            : throw new ArgumentException("Not an address that GitUrl made.", nameof(remote));

    private static readonly IReadOnlyDictionary<string, string> Fixed = new Dictionary<string, string>
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["HOME"] = "/nonexistent",
        ["XDG_CONFIG_HOME"] = "/nonexistent",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "/bin/false",
        ["SSH_ASKPASS"] = "/bin/false",
        ["GIT_PROTOCOL_FROM_USER"] = "0",
        ["GIT_PAGER"] = "cat",
        ["GIT_EDITOR"] = "false",
        ["GIT_LFS_SKIP_SMUDGE"] = "1",
        ["GIT_SSH_VARIANT"] = "ssh",
        ["GIT_ADVICE"] = "0",
    };

    private static IEnumerable<(string Key, string Value)> Settings(GitCall call, GitFiles? files)
    {
        foreach (var always in Always)
            yield return always;
        yield return ("core.symlinks", call.Symlinks ? "true" : "false");
        foreach (var directory in new[] { call.GitDirectory, call.Directory }.OfType<string>().Distinct())
            yield return ("safe.directory", directory);
        if (call.Identity is { } identity)
            foreach (var line in Of(identity))
                yield return line;
        if (call.Remote is not { } remote)
            yield break;
        var url = UrlOf(remote);
        yield return ($"protocol.{url.Scheme}.allow", "always");
        if (files?.Credentials is { } credentials)
            yield return ("credential.helper", $"store --file={credentials}");
        if (files?.Header is { } header)
            yield return ("include.path", header);
        if (files?.Authorities is { } authorities)
            yield return ("http.sslCAInfo", authorities);
        if (!url.IsSsh && remote.PinnedAddress is { } pin && !System.Net.IPAddress.TryParse(url.Host, out _))
            yield return ("http.curloptResolve", $"{url.Host}:{url.Port}:{pin}");
    }

    private static IEnumerable<(string Key, string Value)> Of(CommitIdentity identity) =>
        [
            ("author.name", identity.Author.Name),
            ("author.email", identity.Author.Mail),
            ("committer.name", identity.Committer.Name),
            ("committer.email", identity.Committer.Mail),
            ("user.useConfigOnly", "true"),
        ];

    private static readonly IReadOnlyList<(string, string)> Always =
    [
        ("protocol.allow", "never"),
        ("credential.helper", ""),
        ("credential.useHttpPath", "true"),
        ("credential.protectProtocol", "true"),
        ("credential.sanitizePrompt", "true"),
        ("http.followRedirects", "false"),
        ("http.sslVerify", "true"),
        ("http.proxy", ""),
        ("http.extraHeader", ""),
        ("http.lowSpeedLimit", "1000"),
        ("http.lowSpeedTime", "30"),
        ("transfer.credentialsInUrl", "die"),
        ("transfer.fsckObjects", "true"),
        ("fetch.fsckObjects", "true"),
        ("transfer.bundleURI", "false"),
        ("fetch.recurseSubmodules", "false"),
        ("submodule.recurse", "false"),
        ("core.askPass", "/bin/false"),
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.protectHFS", "true"),
        ("core.protectNTFS", "true"),
        ("init.templateDir", ""),
        ("init.defaultBranch", "main"),
        ("safe.bareRepository", "explicit"),
        ("gc.auto", "0"),
        ("gc.autoDetach", "false"),
        ("maintenance.auto", "false"),
    ];
}
