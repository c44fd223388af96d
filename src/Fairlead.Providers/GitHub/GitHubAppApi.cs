using System.Net.Http.Headers;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>The endpoints that an App opens with its key, for one installation (facts/codehosts.md 3.2).</summary>
internal sealed class GitHubAppApi(RestClient rest, string installation) : IDisposable
{
    /// <param name="installation">Of the target when null.</param>
    public static GitHubAppApi Open(Outside outside, Target target, string? installation = null)
    {
        var issuer = target.Setting(GitHubForm.AppId) ?? "";
        var pem = target.SecretOf(GitHubForm.PrivateKey) ?? new Core.Secrets.Secret("");
        var style = GitHubApi.StyleOf(target) with
        {
            Explain = Explain,
            Authorise = (_, _) =>
                Task.FromResult<Outcome<AuthenticationHeaderValue>>(
                    GitHubAppKey.IsKey(pem)
                        ? new AuthenticationHeaderValue(
                            "Bearer",
                            GitHubAppKey.Sign(issuer, pem, outside.Time.GetUtcNow())
                        )
                        : GitHubFailures.NotAKey
                ),
        };
        var http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        return new GitHubAppApi(
            new RestClient(http, style, outside.Time),
            installation ?? target.Setting(GitHubForm.Installation) ?? ""
        );
    }

    public RestClient Rest => rest;

    public Task<Outcome<WireApp>> App(CancellationToken cancel) =>
        rest.Read<WireApp>(RestCall.Get("app", "App"), cancel);

    public Task<Outcome<IReadOnlyList<WireInstallation>>> Installations(CancellationToken cancel) =>
        LinkedPages.All<WireInstallation, List<WireInstallation>>(
            rest,
            RestCall.Get("app/installations?per_page=100", "App"),
            page => page,
            cancel
        );

    public Task<Outcome<WireInstallation>> Installation(CancellationToken cancel) =>
        rest.Read<WireInstallation>(RestCall.Get($"app/installations/{installation}", "installation"), cancel);

    /// <param name="wish">Null for all that the installation may do.</param>
    public Task<Outcome<WireMinted>> Mint(WireMintWish? wish, CancellationToken cancel) =>
        rest.Read<WireMinted>(
            new RestCall(HttpMethod.Post, $"app/installations/{installation}/access_tokens")
            {
                Body = wish,
                What = "installation",
            },
            cancel
        );

    public void Dispose() => rest.Dispose();

    private static Failure? Explain(string host, RestCall call, GuardedResponse response) =>
        response.Status switch
        {
            401 => GitHubFailures.AppRefused(host),
            404 when call.What == "installation" => GitHubFailures.InstallationUnknown(host),
            422 when GitHubRefusals.Says(response, "permissions requested") => GitHubFailures.NotGranted(host),
            422 => GitHubFailures.NotInInstallation(host),
            _ => GitHubRefusals.Explain(host, call, response),
        };
}
