using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>The manifest flow, and where the App that it made is installed (facts/codehosts.md 3.2).</summary>
internal sealed partial class GitHubAppMaker(Outside outside) : IAppMaker
{
    /// <summary>The host takes no longer names.</summary>
    private const int LongestName = 34;

    public Outcome<AppForm> Form(Target site, AppWish wish, string state)
    {
        if (!GitHubSite.Of(site).Try(out var at, out var failure))
            return failure;
        if (wish.Organization is { } name && !Account().IsMatch(name))
            return GitHubFailures.Organization;
        var path = wish.Organization is { } owner ? $"/organizations/{owner}/settings/apps/new" : "/settings/apps/new";
        var address = new Uri($"{at.Web}{path}?state={Uri.EscapeDataString(state)}");
        return new AppForm(at.Web, address, "manifest", JsonSerializer.Serialize(Manifest(wish), GitHubApi.Json));
    }

    public async Task<Outcome<MadeApp>> Redeem(Target site, Secret code, CancellationToken cancel)
    {
        if (!GitHubSite.Of(site).Try(out var at, out var failure))
            return failure;
        if (!Code().IsMatch(code.Reveal()))
            return GitHubFailures.ManifestCode(at.Api.IdnHost);
        var style = GitHubApi.StyleOf(site) with { Explain = Explain };
        using var rest = new RestClient(
            outside.Http.Open(site.Reach, site.CertificateAuthorities),
            style,
            outside.Time
        );
        var call = new RestCall(HttpMethod.Post, $"app-manifests/{code.Reveal()}/conversions");
        if (!(await rest.Read<WireMadeApp>(call, cancel)).Try(out var made, out failure))
            return failure;
        return Plain(at, made) is { } app ? app : RestFailures.NotJson(at.Api.IdnHost);
    }

    public Outcome<Uri> PageToInstall(Target site, Uri page, string state) =>
        GitHubSite
            .Of(site)
            .Map(at => new Uri($"{at.Web}{page.AbsolutePath}/installations/new?state={Uri.EscapeDataString(state)}"));

    public async Task<Outcome<IReadOnlyList<AppInstallation>>> Installations(Target app, CancellationToken cancel)
    {
        using var api = GitHubAppApi.Open(outside, app);
        return (await api.Installations(cancel)).Map<IReadOnlyList<AppInstallation>>(all => [.. all.Select(Plain)]);
    }

    public async Task<Outcome<AppInstallation>> Installation(Target app, string id, CancellationToken cancel)
    {
        if (!Number().IsMatch(id))
            return GitHubFailures.InstallationMalformed;
        using var api = GitHubAppApi.Open(outside, app, id);
        return (await api.Installation(cancel)).Map(Plain);
    }

    public string KeyField => GitHubForm.PrivateKey;

    public PreparedCredential For(Target app, AppInstallation installation) =>
        new(
            new Dictionary<string, Secret> { [GitHubForm.PrivateKey] = app.SecretOf(GitHubForm.PrivateKey)! },
            new Dictionary<string, string>
            {
                [GitHubForm.Way] = GitHubForm.ByApp,
                [GitHubForm.AppId] = app.Setting(GitHubForm.AppId)!,
                [GitHubForm.Installation] = installation.Id,
            }
        );

    /// <summary>No webhook of its own: the hooks of repositories do. Nobody but its owner may install it.</summary>
    private static WireManifest Manifest(AppWish wish) =>
        new(
            wish.Name.Length > LongestName ? wish.Name[..LongestName].TrimEnd() : wish.Name,
            wish.Home.AbsoluteUri,
            wish.Made.AbsoluteUri,
            wish.Installed.AbsoluteUri,
            SetupOnUpdate: true,
            Public: false,
            GitHubApp.Permissions(wish.WritesCode)
        );

    private static MadeApp? Plain(GitHubSite at, WireMadeApp made)
    {
        if (made is not { ClientId.Length: > 0, Slug: { } slug, Pem: { } pem } || !GitHubAppKey.IsKey(pem))
            return null;
        // Enterprise Servers show Apps below another path than github.com: its own word counts, on its own site only.
        var page =
            Uri.TryCreate(made.HtmlUrl, UriKind.Absolute, out var told) && told.AbsoluteUri.StartsWith($"{at.Web}/")
                ? told
                : new Uri($"{at.Web}/apps/{Uri.EscapeDataString(slug)}");
        var secrets = new Dictionary<string, Secret?>
        {
            [GitHubForm.PrivateKey] = pem,
            ["clientSecret"] = made.ClientSecret,
            ["webhookSecret"] = made.WebhookSecret,
        };
        return new MadeApp(
            made.Name ?? slug,
            made.Owner?.Login ?? "",
            page,
            secrets.Where(one => one.Value is { IsEmpty: false }).ToDictionary(one => one.Key, one => one.Value!),
            new Dictionary<string, string> { [GitHubForm.Way] = GitHubForm.ByApp, [GitHubForm.AppId] = made.ClientId }
        );
    }

    private static AppInstallation Plain(WireInstallation wire) =>
        new(
            wire.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            wire.Account?.Login ?? "",
            wire.RepositorySelection == "all",
            wire.SuspendedAt is not null
        );

    private static Failure? Explain(string host, RestCall call, Http.GuardedResponse response) =>
        response.Status is 404 or 422 ? GitHubFailures.ManifestCode(host) : null;

    [GeneratedRegex("^[A-Za-z0-9_-]{1,200}$")]
    private static partial Regex Code();

    [GeneratedRegex("^[0-9]{1,18}$")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
    private static partial Regex Account();
}
