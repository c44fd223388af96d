using System.Security.Cryptography;
using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;

namespace Fairlead.Tests.Support.Console;

/// <summary>A busy instance: connections of every verdict, images, builds of every state, what was heard.</summary>
internal sealed class ConsoleSeed(FairleadDb db, string gitKind, string registryKind)
{
    /// <summary>What a stranger may call a branch: shown as text, never as markup.</summary>
    public const string HostileRef = "refs/heads/<img/src=x/onerror=alert(1)>";

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public static Task<int> Fill(TestServer server) =>
        server.With(async db =>
        {
            await new ConsoleSeed(
                db,
                Kind(server, ProviderFamily.CodeHost),
                Kind(server, ProviderFamily.ImageRegistry)
            ).Run();
            return 0;
        });

    /// <summary>The first kind of a family, as the server knows it.</summary>
    public static string Kind(TestServer server, ProviderFamily family) =>
        ((IReadOnlyList<IProvider>)server.Services.GetService(typeof(IReadOnlyList<IProvider>))!)
            .First(kind => kind.Family == family)
            .Kind;

    private async Task Run()
    {
        var owner = db.Set<PersonRow>().Single(person => person.Name == "ada");
        var group = new GroupRow { Name = "platform-team", CreatedAt = _now.AddDays(-40) };
        db.Add(group);
        await db.SaveChangesAsync();
        db.Add(new GroupMemberRow { GroupId = group.Id, PersonId = owner.Id });
        var credential = Credential("acme-deploy", "Deploy user of the Git server", gitKind, owner.Id);
        var quay = Credential("quay-robot", "Robot of the mirror", registryKind, owner.Id);
        await db.SaveChangesAsync();

        var git = Connection("acme-git", "Acme Git", gitKind, owner.Id, Trusted("deploy"), credential.Id);
        Connection("gitlab-internal", "Internal Git", gitKind, owner.Id, Expiring(), credential.Id);
        Connection("quay-mirror", "Mirror registry", registryKind, owner.Id, Refused(), quay.Id);
        Connection("vendor-ssh", "Vendor over SSH", gitKind, owner.Id, Proposing(), null);
        var registry = Connection("hub", "Company registry", registryKind, owner.Id, Trusted("ci-robot"), quay.Id);
        await db.SaveChangesAsync();
        await Images(git.Id, registry.Id);
        new AuditSeed(db, _now).Add();
        await db.SaveChangesAsync();
    }

    private async Task Images(long git, long registry)
    {
        var shop = new NamespaceRow { Name = "shop", CreatedAt = _now.AddDays(-60) };
        var infra = new NamespaceRow { Name = "infra", CreatedAt = _now.AddDays(-60) };
        db.AddRange(shop, infra);
        await db.SaveChangesAsync();
        foreach (
            var (space, name, summary) in (IEnumerable<(NamespaceRow, string, string)>)
                [
                    (shop, "checkout", "Card payments and the basket"),
                    (shop, "web", "The shop as customers see it"),
                    (infra, "base", "What every other image starts from"),
                ]
        )
        {
            var source = new SourceRow
            {
                ConnectionId = git,
                Repository = $"{space.Name}/{name}.git",
                HookId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                NextPollAt = _now.AddYears(1),
                PolledAt = _now.AddMinutes(-2),
                CreatedAt = _now.AddDays(-60),
            };
            db.Add(source);
            await db.SaveChangesAsync();
            var image = new ImageRow
            {
                NamespaceId = space.Id,
                Name = name,
                Summary = summary,
                SourceId = source.Id,
                IsPublic = name == "base",
                TargetConnectionId = registry,
                CreatedAt = _now.AddDays(-59),
            };
            db.Add(image);
            await db.SaveChangesAsync();
            db.AddRange(
                Rule(image.Id, RefKind.Branch, "main", false),
                Rule(image.Id, RefKind.Tag, "v(?<imageTag>[0-9.]+)", true),
                OfRequests(image.Id)
            );
            await db.SaveChangesAsync();
            await new BuildSeed(db, _now).Run(image, source.Id, name);
        }
    }

    private RuleRow Rule(long image, RefKind kind, string pattern, bool regex) =>
        new()
        {
            ImageId = image,
            RefKind = kind,
            Pattern = pattern,
            IsRegex = regex,
            Versions = regex ? ["{imageTag}", "stable"] : ["{branch}-{sha8}", "latest"],
            CreatedAt = _now.AddDays(-59),
        };

    private RuleRow OfRequests(long image) =>
        new()
        {
            ImageId = image,
            RefKind = RefKind.Request,
            Pattern = "main",
            Versions = ["pr-{request}-{sha8}"],
            CreatedAt = _now.AddDays(-3),
        };

    private CredentialRow Credential(string slug, string name, string kind, long owner)
    {
        var row = new CredentialRow
        {
            Slug = slug,
            Name = name,
            Kind = kind,
            OwnerId = owner,
            Version = 3,
            Fields = ["password"],
            CreatedAt = _now.AddDays(-90),
            ReplacedAt = _now.AddDays(-12),
        };
        db.Add(row);
        return row;
    }

    private ConnectionRow Connection(
        string slug,
        string name,
        string kind,
        long owner,
        Verdict verdict,
        long? credential
    )
    {
        var row = new ConnectionRow
        {
            Slug = slug,
            Name = name,
            Kind = kind,
            Settings = new() { ["url"] = $"https://{slug}.example.com", ["username"] = "deploy" },
            CredentialId = credential,
            Scope = ScopeOfUse.Public,
            OwnerId = owner,
            Verdict = verdict,
            VerdictKind = verdict.Kind,
            VerifiedAt = _now.AddMinutes(-4),
            NextVerifyAt = _now.AddYears(1),
            CreatedAt = _now.AddDays(-80),
        };
        db.Add(row);
        return row;
    }

    private static Verdict Trusted(string who) =>
        new(VerdictKind.Trusted, "It works.") { Identity = who, Privileges = ["read repositories", "list branches"] };

    private Verdict Expiring() => Trusted("fairlead-bot") with { ExpiresAt = _now.AddDays(3) };

    private static Verdict Refused() =>
        new(VerdictKind.Rejected, "The registry refused the user name or password.")
        {
            Code = "registry.login-refused",
            Remedy = "Replace the password of the credential, then verify again.",
            Field = "password",
        };

    private static Verdict Proposing() =>
        new(VerdictKind.Misconfigured, "The server's host keys have not been confirmed yet.")
        {
            Remedy = "Compare the fingerprint with the host's, then confirm it.",
            Proposal = new Proposal(
                "hostKeys",
                "ED25519 SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE",
                "vendor.example ssh-ed25519 AAAA"
            ),
        };
}
