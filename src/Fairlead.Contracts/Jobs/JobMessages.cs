namespace Fairlead.Contracts.Jobs;

/// <summary><c>POST /job/v1/heartbeat</c>: what the runner is doing.</summary>
/// <param name="Phase"><c>source</c>, <c>build</c> or <c>push</c>.</param>
public sealed record Heartbeat(int Attempt, string Phase);

/// <summary>The answer to a heartbeat.</summary>
/// <param name="Cancel">Someone cancelled the build: stop within five seconds and report <c>cancelled</c>.</param>
public sealed record HeartbeatReply(bool Cancel);

/// <summary>
/// The answer to <c>POST /job/v1/log?attempt=A&amp;start=OFFSET</c>, whose body is whole lines of JSON
/// (<see cref="LogLine"/>). Idempotent: bytes before <see cref="Length"/> are known and skipped.
/// </summary>
/// <param name="Length">How much of the log the server has; the next upload starts there.</param>
public sealed record LogReply(long Length);

/// <summary>One line of a build's log; one JSON object a line.</summary>
/// <param name="At">Milliseconds since 1970, UTC.</param>
/// <param name="Phase"><c>source</c>, <c>build</c> or <c>push</c>.</param>
/// <param name="Text">Masked, without control characters but colour.</param>
/// <param name="Kind">Null for plain output, <c>phase</c> for the heading of a phase, <c>error</c> for the line that
/// explains the failure.</param>
public sealed record LogLine(long At, string Phase, string Text, string? Kind = null);

/// <summary><c>POST /job/v1/leases/git</c> answers what git needs to fetch this job's repository.</summary>
public sealed record GitLease(string? Username, string? Password, string? SshKey, DateTimeOffset? ExpiresAt)
{
    /// <summary>
    /// The host mints no key for one repository, so the stored one stays where it is: the repository is fetched from
    /// <c>/job/v1/git</c>, by the job token.
    /// </summary>
    public bool ThroughServer { get; init; }
}

/// <summary>
/// <c>POST /job/v1/leases/registry</c> asks for the key to one registry: to push this job's image, or to pull a base.
/// </summary>
/// <param name="Registry">Host and port.</param>
/// <param name="Repository">The image repository.</param>
/// <param name="Push">Push as well as pull.</param>
public sealed record RegistryLeaseRequest(string Registry, string Repository, bool Push);

/// <summary>User and password for the registry's own login; an empty user means that none is needed or known.</summary>
public sealed record RegistryLease(string Username, string Password, DateTimeOffset? ExpiresAt)
{
    /// <summary>
    /// The token service that was confirmed, which alone may see the password; null when only the registry itself may.
    /// </summary>
    public string? Realm { get; init; }

    /// <summary>The registry speaks http.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>PEM to trust for registry and token service besides the system's, or null.</summary>
    public string? CertificateAuthorities { get; init; }
}

/// <summary>
/// <c>POST /job/v1/inputs</c>: everything that decides the image. The server resolves the bases' digests, and when an
/// earlier build of the same image repository had the same inputs, tags its image again.
/// </summary>
/// <param name="Tree">Git's object id of the context tree.</param>
/// <param name="Dockerfile">Git's object id of the Dockerfile.</param>
/// <param name="Bases">Image references of all FROM lines that name an image, in order; empty for scratch.</param>
/// <param name="Certain">False when the bases could not be told (a FROM with an argument): never reuse then.</param>
public sealed record InputsRequest(
    int Attempt,
    string Tree,
    string Dockerfile,
    IReadOnlyList<string> Bases,
    bool Certain
);

/// <summary>Whether there is anything left to do.</summary>
/// <param name="ReusedBuild">The build whose image has just been tagged again, or null: build.</param>
/// <param name="Digest">The digest all tags now name, when reused.</param>
public sealed record InputsReply(long? ReusedBuild, string? Digest);

/// <summary><c>POST /job/v1/result</c>: how the job ended. Idempotent.</summary>
/// <param name="State"><c>succeeded</c>, <c>failed</c>, <c>cancelled</c>, <c>timed-out</c> or <c>skipped</c>: the push
/// asked for no build, and <paramref name="Failure"/> says why.</param>
/// <param name="DurationsMs">Milliseconds per phase.</param>
public sealed record JobResult(
    int Attempt,
    string State,
    string Phase,
    string? Digest,
    long Size,
    IReadOnlyList<string> Platforms,
    Problem? Failure,
    IReadOnlyDictionary<string, long> DurationsMs
);
