using System.Globalization;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>
/// Keys for jobs: a deploy token of the one project, that reads its code and ends by itself (facts/codehosts.md 2.7).
/// Only maintainers of a project may make one; where ours is none, a job gets the stored token, marked as static.
/// </summary>
internal sealed class GitLabCloneKeys(Outside outside)
{
    /// <summary>Longer than any job; it is deleted when its job is over.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    public async Task<Outcome<GitCredential>> Mint(Target target, string repository, CancellationToken cancel)
    {
        if (target.SecretOf(GitLabForm.Token) is null)
            return GitCredential.Anonymous;
        using var api = GitLabApi.Open(outside, target);
        if (!(await api.Project(repository, cancel)).Try(out var project, out var failure))
            return failure;
        var end = outside.Time.GetUtcNow() + Life;
        var wish = new WireKeyWish("fairlead-job", ["read_repository"], end.UtcDateTime.ToString("O"));
        var made = await api.CreateDeployToken(project.Id, wish, cancel);
        if (made.Failure is { Code: RestFailures.NotAllowedCode or RestFailures.NotFoundCode })
            return GitLabCredentials.ForGit(target);
        if (!made.Try(out var key, out failure))
            return failure;
        if (key is not { Username.Length: > 0, Token.IsEmpty: false } || key.Scopes is not ["read_repository"])
            return RestFailures.NotJson(api.Rest.Style.Base.IdnHost);
        return new GitCredential(key.Username, key.Token, null, Static: false, end)
        {
            Handle = new Secret(string.Create(CultureInfo.InvariantCulture, $"{project.Id}/{key.Id}")),
        };
    }

    public async Task<Outcome<Done>> Revoke(Target target, Secret handle, CancellationToken cancel)
    {
        if (
            handle.Reveal().Split('/') is not [var left, var right]
            || !long.TryParse(left, CultureInfo.InvariantCulture, out var project)
            || !long.TryParse(right, CultureInfo.InvariantCulture, out var key)
        )
            return Done.It;
        using var api = GitLabApi.Open(outside, target);
        var done = await api.DeleteDeployToken(project, key, cancel);
        return done.Failure?.Code == RestFailures.NotFoundCode ? Done.It : done;
    }
}
