using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>What an installed App is worth: who it is, what it may do, and keys for one repository.</summary>
internal static class GitHubApp
{
    public const string Read = "read";
    public const string Write = "write";
    private const string Contents = "contents";

    /// <summary>Levels in rising order; a higher one does what a lower does.</summary>
    private static readonly string[] Levels = [Read, Write, "admin"];

    private static readonly (string Name, string Level, string Breaks)[] Needs =
    [
        (Contents, Read, "code cannot be read"),
        ("metadata", "read", "repositories cannot be listed"),
        ("repository_hooks", "write", "hooks cannot be registered"),
        ("statuses", "write", "commit statuses cannot be set"),
        ("pull_requests", "read", "pull requests cannot be built"),
    ];

    /// <summary>What an App made for us may do; no more.</summary>
    /// <param name="writesCode">Branches are changed by it, too.</param>
    public static IReadOnlyDictionary<string, string> Permissions(bool writesCode) =>
        Needs.ToDictionary(need => need.Name, need => need.Name == Contents && writesCode ? Write : need.Level);

    public static readonly IReadOnlyList<PrivilegeNeed> Privileges =
    [
        .. Needs.Select(need => new PrivilegeNeed([$"{need.Name}:{need.Level}"], need.Breaks)),
    ];

    public static bool Is(Target target) => target.Setting(GitHubForm.Way) == GitHubForm.ByApp;

    public static async Task<Outcome<PrivilegeReport>> Explain(GitHubAppApi api, CancellationToken cancel)
    {
        if (!(await api.App(cancel)).Try(out var app, out var failure))
            return failure;
        if (!(await api.Installation(cancel)).Try(out var installed, out failure))
            return failure;
        return installed.SuspendedAt is null ? Report(app, installed) : GitHubFailures.Suspended;
    }

    /// <summary>A key to the code of this repository and nothing else; it ends within the hour.</summary>
    /// <param name="level">What it may do with the code.</param>
    public static async Task<Outcome<GitCredential>> MintForOne(
        GitHubAppApi api,
        long id,
        string level,
        CancellationToken cancel
    )
    {
        var wish = new WireMintWish([id], new Dictionary<string, string> { [Contents] = level });
        if (!(await api.Mint(wish, cancel)).Try(out var minted, out var failure))
            return failure;
        return minted.Repositories is [{ Id: var only }] && only == id && IsNarrow(minted.Permissions, level)
            ? new GitCredential("x-access-token", minted.Token, null, Static: false, minted.ExpiresAt)
            {
                Handle = minted.Token,
            }
            : GitHubFailures.TooWide;
    }

    /// <summary>A key takes itself back; the host knows it by nothing else.</summary>
    public static async Task<Outcome<Done>> Revoke(Outside outside, Target target, Secret key, CancellationToken cancel)
    {
        var style = GitHubApi.StyleOf(target) with
        {
            Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key.Reveal()),
        };
        using var rest = new RestClient(
            outside.Http.Open(target.Reach, target.CertificateAuthorities),
            style,
            outside.Time
        );
        var done = await rest.Do(new RestCall(HttpMethod.Delete, "installation/token"), cancel);
        // It has ended by itself, or was taken back before.
        return done.Failure?.Code == RestFailures.LoginRefusedCode ? Done.It : done;
    }

    private static bool IsNarrow(IReadOnlyDictionary<string, string>? granted, string level) =>
        granted?.All(one => one is { Key: "metadata", Value: Read } || (one.Key == Contents && one.Value == level))
        == true;

    private static PrivilegeReport Report(WireApp app, WireInstallation installed)
    {
        var granted = installed.Permissions ?? new Dictionary<string, string>();
        var account = installed.Account?.Login ?? "";
        var missing = Needs
            .Where(need => !Reaches(granted, need.Name, need.Level))
            .Select(need => new PrivilegeNeed(
                [$"{need.Name}:{need.Level}"],
                Reaches(app.Permissions, need.Name, need.Level)
                    ? $"{need.Breaks} until an owner of {account} accepts the App's new permissions"
                    : need.Breaks
            ));
        // Writing code is needed by those who change branches here, and missed by nobody else.
        var excess = granted
            .Where(held => held is not { Key: Contents, Value: Write })
            .Where(held => !Needs.Any(need => need.Name == held.Key && need.Level == held.Value))
            .Select(held => $"{held.Key}:{held.Value}");
        return new PrivilegeReport($"{app.Name ?? app.Slug}, installed at {account}")
        {
            HostTells = true,
            Granted = [.. granted.Select(held => $"{held.Key}:{held.Value}")],
            Missing = [.. missing],
            Excess = [.. excess, .. AllOf(installed)],
        };
    }

    private static string[] AllOf(WireInstallation installed) =>
        installed.RepositorySelection == "all" ? ["all repositories, present and future"] : [];

    private static bool Reaches(IReadOnlyDictionary<string, string>? granted, string name, string level) =>
        granted is not null
        && granted.TryGetValue(name, out var held)
        && Array.IndexOf(Levels, held) >= Array.IndexOf(Levels, level);
}
