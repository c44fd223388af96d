namespace Fairlead.Contracts.Jobs;

/// <summary>
/// All a runner needs to do its one job, except secrets: those it asks for as leases when it needs them.
/// <c>GET /job/v1/spec</c>; like all of <c>/job/v1</c> it is authenticated by the job token as Bearer.
/// </summary>
public sealed record JobSpec
{
    public required long BuildId { get; init; }

    /// <summary>Which start of a runner for this build it is; a server refuses results of an older one.</summary>
    public required int Attempt { get; init; }

    public required JobSource Source { get; init; }
    public required JobImage Image { get; init; }
    public required JobEngine Engine { get; init; }
    public required JobWorkspace Workspace { get; init; }

    /// <summary>When nothing is built after all; null for what somebody asked for.</summary>
    public JobTrigger? Trigger { get; init; }

    /// <summary>When the build is timed out.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>How often the runner has to be heard of.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>What to fetch.</summary>
/// <param name="Key">A name for the mirror's directory that stays the same for one repository.</param>
/// <param name="Url">Canonical, without user info.</param>
/// <param name="Ref">The full name of the ref, to fetch by when the host refuses a bare commit.</param>
/// <param name="Commit">The full commit id that is built.</param>
/// <param name="PinnedAddress">The vetted IP address to connect to, or null.</param>
public sealed record JobSource(
    string Key,
    string Url,
    string Ref,
    string Commit,
    string? CertificateAuthorities,
    string? HostKeys,
    string? PinnedAddress
)
{
    /// <summary>What the host calls the ref, where that is another name: of requests.</summary>
    public string? HostRef { get; init; }
}

/// <summary>What decides, once the commit is here, whether a push is built.</summary>
/// <param name="MayBeMarked">A mark in the commit's message ends it.</param>
/// <param name="Paths">Patterns of the changed files that matter; empty for all.</param>
/// <param name="Since">The commit to tell changes from; null when there is none: then all matters.</param>
public sealed record JobTrigger(bool MayBeMarked, IReadOnlyList<string> Paths, string? Since);

/// <summary>What to build and what to call it.</summary>
/// <param name="Directory">Context, relative to the repository's root.</param>
/// <param name="Dockerfile">Relative to <paramref name="Directory"/>.</param>
/// <param name="Registry">Host and port that stand before the name.</param>
/// <param name="Repository"><c>namespace/name</c> at that registry.</param>
/// <param name="Tags">Tags to publish, the first being the one people see.</param>
/// <param name="PlainHttp">The registry speaks http.</param>
public sealed record JobImage(
    string Directory,
    string Dockerfile,
    IReadOnlyDictionary<string, string> Arguments,
    IReadOnlyList<string> Platforms,
    bool NoCache,
    string Registry,
    string Repository,
    IReadOnlyList<string> Tags,
    bool PlainHttp,
    string? CertificateAuthorities
);

/// <summary>The engine of the slot the job runs on.</summary>
/// <param name="Kind"><c>buildkit</c> or <c>buildah</c>.</param>
/// <param name="Settings">What that engine needs to be reached: socket, door, limits; its meaning is the
/// engine's.</param>
public sealed record JobEngine(string Kind, IReadOnlyDictionary<string, string> Settings);

/// <summary>Where the runner works.</summary>
/// <param name="Mirrors">Bare mirrors and reusable work trees, kept between jobs of this machine.</param>
/// <param name="Job">This job's own directory (mode 0700), removed after it.</param>
/// <param name="Secrets">A directory on tmpfs (mode 0700) for credential files, removed after the job.</param>
/// <param name="Slot">The number of the slot: one job at a time has it, so work trees per slot are never
/// shared.</param>
public sealed record JobWorkspace(string Mirrors, string Job, string Secrets, int Slot);
