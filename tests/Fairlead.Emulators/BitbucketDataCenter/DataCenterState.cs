namespace Fairlead.Emulators.BitbucketDataCenter;

public enum DataCenterPermission
{
    RepositoryRead,
    RepositoryWrite,
    RepositoryAdmin,
    ProjectAdmin,
}

/// <summary>An HTTP access token.</summary>
/// <param name="User">Whose it is; of a project's or repository's, the account that the host makes for it.</param>
public sealed record DataCenterToken(string Value, string User)
{
    /// <summary>A person's, which also does in place of a password. Others go by themselves only.</summary>
    public bool IsPersons { get; init; } = true;

    /// <summary>The highest; it includes those below.</summary>
    public DataCenterPermission Permission { get; init; } = DataCenterPermission.RepositoryAdmin;

    public bool IsRevoked { get; set; }
}

/// <summary>A repository; its content is a bare repository of the same name in lower case.</summary>
public sealed class DataCenterRepository(long id, string key, string slug)
{
    public long Id => id;

    /// <summary>Of the project: upper case, or <c>~</c> and a person's name.</summary>
    public string Key { get; set; } = key;
    public string Slug { get; set; } = slug;
    public string FullName => $"{Key}/{Slug}";
    public bool IsPublic { get; init; }
    public bool IsArchived { get; set; }
    public string DefaultBranch { get; set; } = "main";

    /// <summary>Nobody who has a token here is let in.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Nobody who has a token here may see it: lists count it and leave it out.</summary>
    public bool IsHidden { get; init; }

    public List<DataCenterHook> Hooks { get; } = [];
    public List<DataCenterStatus> Statuses { get; } = [];

    /// <summary>Names it had, by which it is still found.</summary>
    public List<string> FormerNames { get; } = [];
}

/// <summary>A webhook as the API shows it, and the secret that it keeps.</summary>
public sealed class DataCenterHook(long id)
{
    public long Id => id;
    public string Name { get; set; } = "";
    public string Url { get; set; } = "";
    public bool Active { get; set; } = true;
    public string Secret { get; set; } = "";
    public List<string> Events { get; set; } = [];

    /// <summary>Deliveries in a row that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset RestsUntil { get; set; }
}

public sealed record DataCenterStatus(string Commit, string Key, string State, string Url, string? Name);

/// <summary>What one delivery looked like on the wire.</summary>
public sealed record DataCenterDelivery(
    string Event,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status
);
