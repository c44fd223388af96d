using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Execution;
using Fairlead.Server.Registry;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Contract.Execution;

/// <summary>
/// An engine gets to know the registries a build may use, and no connection opens a door to this machine by itself.
/// </summary>
public sealed class KnownRegistriesTests : IAsyncLifetime
{
    private const string Own = "127.0.0.1:1";
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(
            options: plain => plain with { RegistryListen = Own },
            adjust: QuietServer.NoDispatcher
        );
        await Allow("127.0.0.1", 5001);
        await Connect("allowed", "http://127.0.0.1:5001", ScopeOfUse.Public);
        await Connect("forbidden", "http://127.0.0.1:5002", ScopeOfUse.Public);
        await Connect("somebodys", "http://127.0.0.1:5001", ScopeOfUse.Private);
        await Connect("pasted", "https://203.0.113.9", ScopeOfUse.Public, ca: "PEM");
        await Connect("plain", "https://198.51.100.9", ScopeOfUse.Public);
        await Allow("203.0.113.9", 443);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_builds_may_use_is_known_where_the_engine_needs_to_be_told()
    {
        var known = await Known(targets => targets.Managed("shop/app").Value);
        Assert.Equal(
            [(Own, true, null), ("127.0.0.1:5001", true, null), ("203.0.113.9", false, "PEM")],
            known.Value.Select(reach => (reach.Host, reach.PlainHttp, reach.CertificateAuthorities))
        );
    }

    [Fact]
    public async Task A_target_that_no_rule_allows_gets_no_door()
    {
        var row = await _server.With(db => db.Set<ConnectionRow>().SingleAsync(found => found.Slug == "forbidden"));
        var known = await Known(targets =>
            targets.Managed("shop/app").Value with
            {
                Host = "127.0.0.1:5002",
                Connection = row,
            }
        );
        Assert.Equal("reach.address-private", known.Failure?.Code);
    }

    private async Task<Core.Outcomes.Outcome<IReadOnlyList<Server.Execution.Engines.RegistryReach>>> Known(
        Func<ImageTargets, ImageTarget> target
    )
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var targets = scope.ServiceProvider.GetRequiredService<ImageTargets>();
        return await scope.ServiceProvider.GetRequiredService<KnownRegistries>().For(target(targets), default);
    }

    private Task<int> Allow(string address, int port) =>
        _server.With(db =>
        {
            db.Add(
                new ReachRuleRow
                {
                    Host = address,
                    Network = $"{address}/32",
                    Port = port,
                    PlainHttp = true,
                }
            );
            return db.SaveChangesAsync();
        });

    private Task<int> Connect(string slug, string url, ScopeOfUse scope, string? ca = null) =>
        _server.With(async db =>
        {
            var settings = new Dictionary<string, string> { ["url"] = url };
            if (ca is not null)
                settings["ca"] = ca;
            db.Add(
                new ConnectionRow
                {
                    Slug = slug,
                    Name = slug,
                    Kind = "image-registry",
                    Scope = scope,
                    OwnerId = (await db.Set<PersonRow>().FirstAsync()).Id,
                    Settings = settings,
                }
            );
            return await db.SaveChangesAsync();
        });
}
