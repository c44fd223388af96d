namespace Fairlead.Emulators.Gitea;

/// <summary>An access token.</summary>
/// <param name="Login">Whose it is.</param>
public sealed record GiteaToken(string Value, string Login)
{
    /// <summary><c>all</c>, or <c>read:</c> and <c>write:</c> of categories; writing includes reading.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["read:user", "write:repository"];

    /// <summary>Of one that a person granted.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool IsRevoked { get; set; }

    internal bool Has(string level, string category) =>
        Scopes.Contains("all")
        || Scopes.Contains($"write:{category}")
        || (level == "read" && Scopes.Contains($"read:{category}"));
}

/// <summary>A repository; its content is a bare repository of the same name.</summary>
public sealed class GiteaRepository(long id, string owner, string name)
{
    public long Id => id;
    public string Owner { get; set; } = owner;
    public string Name { get; set; } = name;
    public string FullName => $"{Owner}/{Name}";
    public bool IsPrivate { get; init; } = true;
    public bool IsArchived { get; set; }
    public string DefaultBranch { get; set; } = "main";

    /// <summary>Logins that may push; the rest of those who may read is not modelled.</summary>
    public HashSet<string> Writers { get; } = ["ada"];

    /// <summary>Logins that may keep hooks.</summary>
    public HashSet<string> Administrators { get; } = ["ada"];

    /// <summary>Gives an account every right to it.</summary>
    public void Owned(string login)
    {
        Writers.Add(login);
        Administrators.Add(login);
    }

    public List<GiteaHook> Hooks { get; } = [];
    public List<GiteaStatus> Statuses { get; } = [];

    /// <summary>Names it had; requests to them are sent on.</summary>
    public List<string> FormerNames { get; } = [];
}

/// <summary>A webhook as the API shows it, and the secret that it never shows.</summary>
public sealed class GiteaHook(long id)
{
    public long Id => id;
    public string Type { get; init; } = "gitea";
    public bool Active { get; set; }
    public List<string> Events { get; set; } = ["push"];
    public string BranchFilter { get; set; } = "";
    public string Url { get; set; } = "";
    public string ContentType { get; set; } = "json";
    public string Secret { get; set; } = "";

    /// <param name="branch">Null for what is about no branch.</param>
    internal bool Hears(string eventType, string? branch) =>
        Active && Events.Contains(eventType) && (branch is null || BranchFilter is "" or "*" || BranchFilter == branch);
}

public sealed record GiteaStatus(string Commit, string State, string Context, string Description, string TargetUrl);

/// <summary>What one delivery looked like on the wire.</summary>
public sealed record GiteaDelivery(
    string Event,
    string Type,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status
);
