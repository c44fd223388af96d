using System.Security.Cryptography;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.GitHub;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>An Enterprise Server, by an App installed on the organisation <c>acme</c>.</summary>
public sealed class GitHubAppStage : GitHubStage
{
    public GitHubInstallation Installed { get; private set; } = null!;

    public static async Task<GitHubAppStage> StartApp()
    {
        var stage = await Start(new GitHubAppStage());
        stage.Installed = stage.Host.Install("builds", "acme");
        stage.Installed.App.Permissions = stage.Installed.Permissions = new Dictionary<string, string>(GitHubApp.Enough)
        {
            ["contents"] = "write",
        };
        return stage;
    }

    public override string Name => "GitHub, as an App";

    public override string Identity => "builds, installed at acme";

    public override Target Target => Of(Installed);

    public override Target Refused
    {
        get
        {
            using var another = RSA.Create(2048);
            return Of(Installed, another.ExportPkcs8PrivateKeyPem());
        }
    }

    public override (int Made, int Left)? JobKeys => Host.JobKeys;

    public override Target? ReadOnly
    {
        get
        {
            var narrow = Host.Install("reader", "acme");
            narrow.App.Permissions = narrow.Permissions = new Dictionary<string, string>
            {
                ["contents"] = "read",
                ["metadata"] = "read",
            };
            return Of(narrow);
        }
    }

    public override Target? Reader => ReadOnly;

    /// <summary>What leaves the account leaves the installation.</summary>
    public override string? Transfer(string repository) => null;

    public override void Exhaust()
    {
        foreach (var token in Host.Tokens.Where(token => token.Installation == Installed))
            token.Remaining = 0;
        Host.Limit = 0;
    }

    public Target Of(GitHubInstallation installed, string? pem = null) =>
        new()
        {
            Settings = new Dictionary<string, string>
            {
                ["url"] = Host.Url.GetLeftPart(UriPartial.Authority),
                ["way"] = "app",
                ["appId"] = installed.App.ClientId,
                ["installation"] = $"{installed.Id}",
            },
            Secrets = new Dictionary<string, Secret>
            {
                ["privateKey"] = new Secret(pem ?? installed.App.Key.ExportRSAPrivateKeyPem()),
            },
            Reach = Reach.Loopback,
        };
}
