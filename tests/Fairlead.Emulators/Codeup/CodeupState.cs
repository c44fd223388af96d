namespace Fairlead.Emulators.Codeup;

/// <summary>What differs between editions, and what nobody outside knows of the real host.</summary>
/// <param name="Organization">Of the central edition; null for a region edition.</param>
public sealed record CodeupEdition(string? Organization)
{
    public static readonly CodeupEdition Central = new("60de7a6852743a5162b5f957");
    public static readonly CodeupEdition Region = new((string?)null);

    /// <summary>What stands before the names of a delivery's headers: documented is <c>Codeup-</c>.</summary>
    public string Headers { get; init; } = "X-Codeup-";

    /// <summary>A repository that got another name is found by its former one.</summary>
    public bool FollowsFormerNames { get; init; } = true;

    /// <summary>The address the official client asks who it is; without, only the documented one is there.</summary>
    public bool HasPlatformUser { get; init; } = true;
}

/// <summary>What a personal access token may do, as the form that makes one calls it.</summary>
public enum CodeupRight
{
    ReadMembers,
    ReadRepositories,
    ReadHooks,
    WriteHooks,
    ReadStatuses,
    WriteStatuses,
    WriteCode,
    ReadRequests,
}

/// <param name="Login">Whose it is.</param>
public sealed record CodeupToken(string Value, string Login)
{
    public IReadOnlySet<CodeupRight> Rights { get; init; } = Enum.GetValues<CodeupRight>().ToHashSet();

    public bool IsExpired { get; set; }

    /// <summary>Its owner left the organization.</summary>
    public bool IsOutside { get; set; }

    /// <summary>Not the login: git takes only this one. Null when its owner set none.</summary>
    public string? CloneUser { get; init; } = Login + "-clone";
}

/// <summary>A repository; its content is a bare repository of the same path.</summary>
public sealed class CodeupRepository(long id, string path)
{
    public long Id => id;

    /// <summary>With the organization before it where there is one.</summary>
    public string FullPath { get; set; } = path;

    public List<string> FormerPaths { get; } = [];

    public string Name => FullPath.Split('/')[^1];

    public string DefaultBranch { get; set; } = "main";

    public string Visibility { get; init; } = "private";

    /// <summary>20 reads, 30 develops, 40 administers; the same for whoever asks.</summary>
    public int AccessLevel { get; set; } = 40;

    public List<CodeupHook> Hooks { get; } = [];

    public List<CodeupStatus> Statuses { get; } = [];
}

/// <summary>A webhook. The API shows its token to whoever may see the hook.</summary>
public sealed class CodeupHook(long id)
{
    public long Id => id;
    public string Url { get; set; } = "";
    public string Description { get; set; } = "";
    public string Token { get; set; } = "";
    public bool PushEvents { get; set; }
    public bool TagPushEvents { get; set; }
    public bool MergeRequestsEvents { get; set; }
    public bool NoteEvents { get; set; }
    public bool EnableSslVerification { get; set; }

    internal bool Hears(string name) =>
        name switch
        {
            "Push Hook" => PushEvents,
            "Tag Push Hook" => TagPushEvents,
            "Merge Request Hook" => MergeRequestsEvents,
            _ => NoteEvents,
        };
}

public sealed class CodeupStatus(long id, string commit, string context)
{
    public long Id => id;
    public string Commit => commit;
    public string Context => context;
    public string State { get; set; } = "";
    public string Description { get; set; } = "";
    public string TargetUrl { get; set; } = "";
}

/// <summary>What one delivery looked like on the wire.</summary>
public sealed record CodeupSent(IReadOnlyDictionary<string, string> Headers, byte[] Body, int Status);
