using System.Security.Cryptography;
using Fairlead.Emulators.BitbucketCloud;
using Fairlead.Emulators.BitbucketDataCenter;
using Fairlead.Emulators.Codeup;
using Fairlead.Emulators.Gitea;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.GitLab;
using Fairlead.Emulators.Hosting;

namespace Fairlead.Emulators;

/// <summary>The code hosts that can be started by hand, each with one person who may do everything.</summary>
internal static class HostCommands
{
    public static readonly IReadOnlyDictionary<string, Func<Dictionary<string, string>, Task>> All = new Dictionary<
        string,
        Func<Dictionary<string, string>, Task>
    >
    {
        ["github"] = GitHub,
        ["gitlab"] = GitLab,
        ["gitea"] = Gitea,
        ["codeup"] = Codeup,
        ["bitbucket-cloud"] = BitbucketCloud,
        ["bitbucket-datacenter"] = BitbucketDataCenter,
    };

    private static async Task GitHub(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "ghp_", "acme/shop");
        await using var host = await GitHubHost.Start(Commands.Root(options), Commands.Port(options));
        host.AddToken(new GitHubToken(by.Token, by.Login));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/repository-{i:00000}");
        if (by.Repository is { } repository)
            await host.AddRepository(repository);
        await by.Serve("github", host.Url, host.UrlOf, by.Login);
    }

    private static async Task GitLab(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "glpat-", "acme/backend/shop");
        await using var host = await GitLabHost.Start(
            Commands.Root(options),
            Commands.Port(options),
            below: Below(options)
        );
        host.AddToken(new GitLabToken(by.Token, by.Login));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/backend/project-{i:00000}");
        if (by.Repository is { } repository)
            await host.AddProject(repository);
        await by.Serve("gitlab", host.Url, host.UrlOf, by.Login);
    }

    private static async Task Gitea(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "", "acme/shop");
        await using var host = await GiteaHost.Start(Commands.Root(options), Commands.Port(options));
        host.AddToken(new GiteaToken(by.Token, by.Login));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/repository-{i:00000}");
        if (by.Repository is { } repository)
            (await host.AddRepository(repository)).Owned(by.Login);
        await by.Serve("gitea", host.Url, host.UrlOf, by.Login);
    }

    private static async Task BitbucketCloud(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "ATATT", "acme/shop", login: "ada@example.com");
        await using var host = await BitbucketHost.Start(Commands.Root(options), Commands.Port(options));
        var person = new BitbucketToken(by.Token, by.Login) { Email = by.Login };
        host.AddToken(person with { Scopes = [.. person.Scopes, "write:repository:bitbucket"] });
        if (by.Repository is { } repository)
            (await host.AddRepository(repository)).Administrators.Add(by.Login);
        await by.Serve("bitbucket-cloud", host.Url, host.UrlOf, "x-bitbucket-api-token-auth");
    }

    /// <summary>A region edition, unless an organization is named.</summary>
    private static async Task Codeup(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "pt-", "acme/shop");
        var edition = new CodeupEdition(options.GetValueOrDefault("organization"));
        await using var host = await CodeupHost.Start(Commands.Root(options), edition, Commands.Port(options));
        var token = host.AddToken(new CodeupToken(by.Token, by.Login));
        if (by.Repository is { } repository)
            await host.AddRepository(repository);
        await by.Serve("codeup", host.Url, host.UrlOf, token.CloneUser!);
    }

    private static async Task BitbucketDataCenter(Dictionary<string, string> options)
    {
        var by = Person.Of(options, "BBDC-", "ACME/shop");
        await using var host = await DataCenterHost.Start(
            Commands.Root(options),
            Commands.Port(options),
            below: Below(options)
        );
        host.AddToken(new DataCenterToken(by.Token, by.Login));
        if (by.Repository is { } repository)
            await host.AddRepository(repository);
        await by.Serve("bitbucket-datacenter", host.Url, host.UrlOf, by.Login);
    }

    private static string Below(Dictionary<string, string> options) => options.GetValueOrDefault("below", "");

    private static int Many(Dictionary<string, string> options) => int.Parse(options.GetValueOrDefault("many", "0"));

    private static Fault? Latency(Dictionary<string, string> options) =>
        options.TryGetValue("latency", out var ms) ? new Fault.Slow(TimeSpan.FromMilliseconds(int.Parse(ms))) : null;

    /// <param name="Made">The token was made here, so it has to be shown.</param>
    private sealed record Person(string Login, string Token, bool Made, string? Repository)
    {
        /// <param name="prefix">What this host's tokens begin with.</param>
        /// <param name="repository">What somebody who brought no token gets to begin with.</param>
        public static Person Of(
            Dictionary<string, string> options,
            string prefix,
            string repository,
            string login = "ada"
        )
        {
            var wished = options.GetValueOrDefault("repository");
            if (!options.TryGetValue("token", out var file))
                return new(login, prefix + RandomNumberGenerator.GetHexString(40, true), true, wished ?? repository);
            return Commands.Pair(file) is var (name, token)
                ? new(name, token, false, wished)
                : throw new ArgumentException("The token file has no LOGIN:TOKEN.");
        }

        public Task Serve(string kind, Uri url, Func<string, Uri> urlOf, string gitUser)
        {
            var lines = new List<string> { $"{kind} on {url}" };
            if (Made)
                lines.Add($"token of {Login}: {Token}");
            if (Repository is not null)
                lines.Add(
                    $"git clone {new UriBuilder(urlOf(Repository)) { UserName = Uri.EscapeDataString(gitUser) }}"
                );
            return Commands.Serve(string.Join('\n', lines));
        }
    }
}
