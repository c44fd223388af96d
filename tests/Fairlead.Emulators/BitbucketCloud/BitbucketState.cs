namespace Fairlead.Emulators.BitbucketCloud;

/// <summary>An API token of a person, or an access token of a workspace or repository.</summary>
/// <param name="Login">Whose it is, or what it is called.</param>
public sealed record BitbucketToken(string Value, string Login)
{
    /// <summary>With which the token of a person is used; null makes it an access token.</summary>
    public string? Email { get; init; }

    /// <summary>Of an access token: the workspace it is of.</summary>
    public string? Workspace { get; init; }

    /// <summary>Of an access token: the only repository it reaches, as workspace and name.</summary>
    public string? Repository { get; init; }

    /// <summary>A person's are spelled in the newer way, others in the older.</summary>
    public IReadOnlyList<string> Scopes { get; init; } =
    [
        "read:user:bitbucket",
        "read:workspace:bitbucket",
        "read:repository:bitbucket",
        "read:pullrequest:bitbucket",
        "read:webhook:bitbucket",
        "write:webhook:bitbucket",
        "delete:webhook:bitbucket",
    ];

    /// <summary>By a person, to a consumer: it reaches what the person reaches.</summary>
    public bool IsGranted { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsRevoked { get; set; }

    internal string Kind =>
        IsGranted ? "oauth2"
        : Repository is null ? "workspace_access_token"
        : "repo_access_token";

    internal bool Reaches(BitbucketRepository one) =>
        Workspace is null || (one.Workspace == Workspace && (Repository is null || one.FullName == Repository));

    /// <param name="scope">In the newer spelling.</param>
    internal bool Has(string scope) => Scopes.Contains(scope) || Scopes.Any(held => Older(scope).Contains(held));

    private static string[] Older(string scope) =>
        scope.Split(':') switch
        {
            ["read", "repository", ..] => ["repository", "repository:write", "pullrequest", "pullrequest:write"],
            ["write", "repository", ..] => ["repository:write", "pullrequest:write"],
            ["read", "pullrequest", ..] => ["pullrequest", "pullrequest:write"],
            [_, "webhook", ..] => ["webhook"],
            ["read", "user" or "workspace", ..] => ["account"],
            _ => [],
        };
}

/// <summary>A repository; its content is a bare repository of the same name.</summary>
public sealed class BitbucketRepository(string workspace, string slug)
{
    public string Uuid { get; } = $"{{{Guid.NewGuid()}}}";
    public string Workspace => workspace;
    public string Slug { get; set; } = slug;
    public string FullName => $"{Workspace}/{Slug}";
    public bool IsPrivate { get; init; } = true;
    public string DefaultBranch { get; set; } = "main";

    /// <summary>Accounts that may push and keep hooks.</summary>
    public HashSet<string> Administrators { get; } = ["ada"];

    /// <summary>Accounts without any access of their own; <c>role=member</c> leaves it out for them.</summary>
    public HashSet<string> Strangers { get; } = [];

    public List<BitbucketHook> Hooks { get; } = [];
    public List<BitbucketStatus> Statuses { get; } = [];

    /// <summary>Names it had.</summary>
    public List<string> FormerNames { get; } = [];
}

/// <summary>A webhook as the API shows it, and the secret that it never shows.</summary>
public sealed class BitbucketHook
{
    public string Uuid { get; } = $"{{{Guid.NewGuid()}}}";
    public string Description { get; set; } = "";
    public string Url { get; set; } = "";
    public bool Active { get; set; }
    public string? Secret { get; set; }
    public List<string> Events { get; set; } = [];
}

public sealed record BitbucketStatus(string Commit, string Key, string Name, string State, string Description)
{
    public required string Url { get; init; }
}

/// <summary>What one delivery looked like on the wire.</summary>
public sealed record BitbucketDelivery(
    string Event,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status
);
