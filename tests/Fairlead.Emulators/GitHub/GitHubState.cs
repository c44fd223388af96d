using System.Security.Cryptography;

namespace Fairlead.Emulators.GitHub;

/// <summary>A personal access token.</summary>
/// <param name="Login">Whose it is.</param>
public sealed record GitHubToken(string Value, string Login)
{
    /// <summary>Of a classic token. Null makes it fine-grained: nothing tells what it may do.</summary>
    public IReadOnlyList<string>? Scopes { get; init; } = ["repo"];

    /// <summary>Of a fine-grained token: <c>contents=read</c>, <c>repository_hooks=write</c>, ...</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of an installation: the repositories it opens, by id; null for all that there are.</summary>
    public IReadOnlyList<long>? Only { get; init; }

    /// <summary>The installed App it was minted for; null for a person's.</summary>
    public GitHubInstallation? Installation { get; init; }

    /// <summary>Taken back by its owner.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>Requests left in this hour.</summary>
    public int Remaining { get; set; } = 5000;
}

/// <summary>An App, as its settings page made it.</summary>
/// <param name="Key">Its private key; the host keeps only the public half.</param>
public sealed record GitHubApp(long Id, string ClientId, string Slug, RSA Key)
{
    public IReadOnlyDictionary<string, string> Permissions { get; set; } = Enough;

    public string Name { get; init; } = Slug;

    /// <summary>Whose it is; where it is not public, the only account it can be installed on.</summary>
    public string Owner { get; init; } = "acme";

    public bool IsPublic { get; init; } = true;

    /// <summary>Where people are sent after installing it.</summary>
    public string? SetupUrl { get; init; }

    public string ClientSecret { get; init; } = "";

    /// <summary>The keys of its settings page may be deleted one by one; this one was.</summary>
    public bool KeyIsDeleted { get; set; }

    /// <summary>Another key that its settings page made.</summary>
    public RSA? NewKey { get; set; }

    public static readonly IReadOnlyDictionary<string, string> Enough = new Dictionary<string, string>
    {
        ["contents"] = "read",
        ["metadata"] = "read",
        ["pull_requests"] = "read",
        ["repository_hooks"] = "write",
        ["statuses"] = "write",
    };
}

/// <summary>An App on one account.</summary>
public sealed class GitHubInstallation(long id, GitHubApp app, string account)
{
    public long Id => id;
    public GitHubApp App => app;
    public string Account => account;
    public IReadOnlyDictionary<string, string> Permissions { get; set; } = app.Permissions;

    /// <summary>Those its owner chose; null for all.</summary>
    public List<long>? Selected { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }
}

/// <summary>A repository; its content is a bare repository of the same name.</summary>
public sealed class GitHubRepository(long id, string owner, string name)
{
    public long Id => id;
    public string Owner { get; set; } = owner;
    public string Name { get; set; } = name;
    public string FullName => $"{Owner}/{Name}";
    public bool IsPrivate { get; set; } = true;
    public bool IsArchived { get; set; }

    /// <summary>A rule wants pull requests, so that not even the API merges branches.</summary>
    public bool MergesArePrevented { get; set; }

    public string DefaultBranch { get; set; } = "main";
    public List<GitHubHook> Hooks { get; } = [];
    public List<GitHubStatus> Statuses { get; } = [];

    /// <summary>Names it had; requests to them are sent on.</summary>
    public List<string> FormerNames { get; } = [];
}

/// <summary>A webhook as the API shows it, and the secret that it never shows.</summary>
public sealed class GitHubHook(long id)
{
    public long Id => id;
    public bool Active { get; set; } = true;
    public List<string> Events { get; set; } = ["push"];
    public string Url { get; set; } = "";
    public string ContentType { get; set; } = "form";
    public string InsecureSsl { get; set; } = "0";
    public string? Secret { get; set; }
    public int? LastCode { get; set; }
    public List<GitHubDelivery> Deliveries { get; } = [];

    public bool Hears(string name) => name == "ping" || Events.Contains("*") || Events.Contains(name);
}

/// <summary>One attempt to deliver.</summary>
/// <param name="Status">0 when nobody answered.</param>
public sealed record GitHubDelivery(
    long Id,
    Guid Guid,
    string Event,
    string? Action,
    byte[] Body,
    DateTimeOffset At,
    int Status
)
{
    /// <summary>Its list still has it, and nothing else does.</summary>
    public bool IsForgotten { get; init; }
}

public sealed record GitHubStatus(string Commit, string State, string Context, string? Description, string? TargetUrl);
