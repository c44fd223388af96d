namespace Fairlead.Emulators.GitLab;

/// <summary>A personal, project or group access token.</summary>
/// <param name="Username">Whose it is; of the bot for a project's or group's.</param>
public sealed record GitLabToken(string Value, string Username)
{
    public long Id { get; init; } = 42;

    public IReadOnlyList<string> Scopes { get; init; } = ["api"];

    /// <summary>The token is fine-grained, and its scopes do not tell what it may do.</summary>
    public bool IsFineGrained { get; init; }

    /// <summary>Its role in every project: 20 Reporter, 30 Developer, 40 Maintainer.</summary>
    public int AccessLevel { get; init; } = 40;

    /// <summary>A person granted it on the host's page; it is taken as <c>Bearer</c> only.</summary>
    public bool IsGranted { get; init; }

    /// <summary>Of a granted one.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>It ends when this day begins.</summary>
    public DateOnly? ExpiresAt { get; init; }

    /// <summary>Taken back by its owner.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>Requests left in this minute.</summary>
    public int Remaining { get; set; } = 2000;
}

/// <summary>A token of one project, for git alone.</summary>
public sealed record GitLabDeployToken(
    long Id,
    string Name,
    string Username,
    string Value,
    IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt
);

/// <summary>A project; its content is a bare repository of the same path.</summary>
/// <param name="path">With its groups, of any depth.</param>
public sealed class GitLabProject(long id, string path)
{
    public long Id => id;
    public string FullPath { get; set; } = path;
    public string Path => FullPath[(FullPath.LastIndexOf('/') + 1)..];
    public string Group => FullPath[..FullPath.LastIndexOf('/')];
    public bool IsPublic { get; init; }
    public bool IsArchived { get; set; }

    /// <summary>Nobody with this token's role may merge into its protected branches.</summary>
    public bool MergesArePrevented { get; set; }

    public string DefaultBranch { get; set; } = "main";
    public List<GitLabHook> Hooks { get; } = [];

    /// <summary>Those that were made and not deleted.</summary>
    public List<GitLabDeployToken> DeployTokens { get; } = [];
    public List<GitLabStatus> Statuses { get; } = [];

    /// <summary>Paths it had; reads are sent on, anything else is refused.</summary>
    public List<string> FormerPaths { get; } = [];
}

/// <summary>A webhook as the API shows it, and the secrets that it never shows.</summary>
public sealed class GitLabHook(long id)
{
    /// <summary>Failures in a row that pause a hook, and that end it.</summary>
    private const int Pauses = 4;

    private const int Ends = 40;

    public long Id => id;
    public Guid Uuid { get; } = Guid.NewGuid();
    public string Url { get; set; } = "";
    public bool Push { get; set; } = true;
    public bool TagPush { get; set; }
    public bool MergeRequests { get; set; }
    public string BranchFilter { get; set; } = "";
    public string? Template { get; set; }
    public bool VerifiesTls { get; set; } = true;
    public string? Token { get; set; }
    public string? SigningToken { get; set; }
    public int Failures { get; set; }
    public DateTimeOffset? DisabledUntil { get; set; }
    public List<GitLabDelivery> Deliveries { get; } = [];

    public string AlertStatus(DateTimeOffset now) =>
        Failures >= Ends ? "disabled"
        : DisabledUntil > now ? "temporarily_disabled"
        : "executable";

    public bool Hears(string name) =>
        name switch
        {
            "Push Hook" => Push,
            "Tag Push Hook" => TagPush,
            "Merge Request Hook" => MergeRequests,
            _ => false,
        };

    /// <summary>A failure more or the end of a row of them.</summary>
    public void Met(bool arrived, DateTimeOffset now)
    {
        Failures = arrived ? 0 : Failures + 1;
        DisabledUntil =
            Failures < Pauses ? null : now.AddMinutes(Math.Min(24 * 60, Math.Pow(2, Math.Min(Failures - Pauses, 11))));
    }
}

/// <summary>One attempt to deliver. Another of the same has the same key.</summary>
/// <param name="Status">0 when nobody answered.</param>
public sealed record GitLabDelivery(
    long Id,
    Guid Key,
    string Event,
    byte[] Body,
    IReadOnlyDictionary<string, string> Headers,
    int Status
);

public sealed class GitLabStatus(long id, string commit, string name)
{
    public long Id => id;
    public string Commit => commit;
    public string Name => name;
    public string State { get; set; } = "created";
    public string? Description { get; set; }
    public string? TargetUrl { get; set; }
}
