using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Programs.Git;

namespace Fairlead.Providers.Rest;

/// <summary>As <see cref="GrantedLogin"/>, for git: a refused token is renewed, and git asks once more.</summary>
internal static class GrantedGit
{
    public static async Task<Outcome<T>> Ask<T>(
        Target target,
        GitCredential credential,
        Func<GitCredential, Task<Outcome<T>>> ask,
        CancellationToken cancel
    )
    {
        var answer = await ask(credential);
        if (
            answer.Failure?.Code != GitFailures.LoginRefusedCode
            || target.Renew is not { } renew
            || credential.Password is not { } token
        )
            return answer;
        return (await renew(token, cancel)).Try(out var fresh, out var failure)
            ? await ask(credential with { Password = fresh })
            : failure;
    }
}
