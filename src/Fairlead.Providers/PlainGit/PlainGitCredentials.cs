using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Programs.Git;

namespace Fairlead.Providers.PlainGit;

/// <summary>What authorises git: nothing, a user name with password or token, or a key.</summary>
internal sealed class PlainGitCredentials(Outside outside)
{
    private readonly SshKeys _keys = new(outside.Programs);

    /// <summary>Plain Git hosts mint nothing, so it is the stored secret itself.</summary>
    public static GitCredential Of(Target target) =>
        target.Setting(PlainGitForm.Auth) switch
        {
            PlainGitForm.ByPassword => new GitCredential(
                target.Setting(PlainGitForm.Username),
                target.SecretOf(PlainGitForm.Password),
                null,
                true,
                null
            ),
            PlainGitForm.ByKey => new GitCredential(null, null, target.SecretOf(PlainGitForm.SshKey), true, null),
            _ => GitCredential.Anonymous,
        };

    public static string? IdentityOf(Target target) =>
        target.Setting(PlainGitForm.Auth) switch
        {
            PlainGitForm.ByPassword => target.Setting(PlainGitForm.Username),
            PlainGitForm.ByKey when target.Setting(PlainGitForm.PublicKey) is { } key => HostKeys.Fingerprint(
                string.Join(' ', key.Split(' ').Take(2))
            ),
            _ => null,
        };

    /// <summary>Makes a key when none was pasted, and works out the public half either way.</summary>
    public async Task<Outcome<PreparedCredential>> Prepare(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    )
    {
        var isKey = settings.GetValueOrDefault(PlainGitForm.Auth) == PlainGitForm.ByKey;
        if (isKey && secrets.TryGetValue(PlainGitForm.SshKey, out var pasted))
            return (await _keys.PublicHalf(pasted, cancel)).Map(shown => Pair(pasted, shown));
        if (isKey)
            return (await _keys.Make(cancel)).Map(made => Pair(made.Private, made.Public));
        return new PreparedCredential(
            secrets.Where(field => field.Key == PlainGitForm.Password).ToDictionary(),
            settings.Where(field => field.Key == PlainGitForm.Username).ToDictionary()
        );
    }

    private static PreparedCredential Pair(Secret key, string shown) =>
        new(
            new Dictionary<string, Secret> { [PlainGitForm.SshKey] = key },
            new Dictionary<string, string> { [PlainGitForm.PublicKey] = shown }
        );
}
