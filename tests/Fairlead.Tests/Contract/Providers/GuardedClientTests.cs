using System.Net;
using System.Net.Sockets;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Tls;
using Fairlead.Providers.Http;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>The guarded client against a trap on loopback that counts who knocks.</summary>
public sealed class GuardedClientTests : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task No_spelling_of_loopback_reaches_the_trap()
    {
        using var trap = new TcpListener(IPAddress.IPv6Any, 0);
        trap.Server.DualMode = true;
        trap.Start();
        var port = ((IPEndPoint)trap.LocalEndpoint).Port;
        string[] hosts =
        [
            "127.0.0.1",
            "2130706433",
            "0177.0.0.1",
            "0x7f.1",
            "0x7f000001",
            "127.1",
            "127.0.0.1.",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "0.0.0.0",
            "0",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "127。0。0。1",
            "①②⑦.0.0.1",
            "1２7.0.0.1",
            "trap.example",
        ];
        foreach (var scheme in new[] { "http", "https" })
        foreach (var host in hosts)
            if (Uri.TryCreate($"{scheme}://{host}:{port}/", UriKind.Absolute, out var url))
                Assert.NotNull((await Get(url, [])).Failure);
        Assert.False(trap.Pending());
        // The control: with a rule the same trap is reached.
        var knock = Get(new Uri($"http://127.0.0.1:{port}/"), Reach.Loopback);
        using var caught = await trap.AcceptSocketAsync();
        trap.Stop();
        caught.Close();
        Assert.NotNull((await knock).Failure);
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_is_asked_once()
    {
        await using var host = await Plain();
        var asked = 0;
        Task<IPAddress[]> Flip(string name, CancellationToken cancel) =>
            Task.FromResult(new[] { IPAddress.Parse(asked++ == 0 ? "93.184.216.34" : "127.0.0.1") });
        var guard = new AddressGuard(TimeProvider.System, Flip);
        var vetted = await guard.Vet(new Destination("flip.example", 443, "https"), [], default);
        Assert.Equal("93.184.216.34", vetted.Value.Pin);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task What_the_network_does_becomes_a_sentence()
    {
        await using var host = await Plain();
        Assert.Equal(401, (await Get(new Uri(host.Url, "absent"), Reach.Loopback)).Value.Status);
        host.Fault = new Fault.Redirect(new Uri("http://127.0.0.1:1/"));
        Assert.Equal("reach.redirected", (await Get(host.Url, Reach.Loopback)).Failure!.Code);
        host.Fault = new Fault.Reset();
        Assert.Equal("reach.cut-off", (await Get(host.Url, Reach.Loopback)).Failure!.Code);
        var closed = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var refused = (await Get(closed, Reach.Loopback)).Failure!;
        Assert.Equal($"Nothing answers at port {closed.Port} of 127.0.0.1.", refused.Sentence);
        Assert.Equal(
            "reach.plain-http",
            (await Get(closed, [.. Reach.Loopback.Select(r => r with { PlainHttp = false })])).Failure!.Code
        );
        var unknown = (await Get(new Uri("https://no-such-host.invalid/"), [])).Failure!;
        Assert.Equal("There is no host named no-such-host.invalid.", unknown.Sentence);
    }

    [Fact]
    public async Task Certificates_are_judged_and_explained()
    {
        using var authority = new TestAuthority();
        Assert.Equal(("reach.tls-untrusted", false), await Tls(authority.Issue("127.0.0.1"), null));
        Assert.Equal((null, false), await Tls(authority.Issue("127.0.0.1"), authority.Pem));
        Assert.Equal(("reach.tls-expired", false), await Tls(authority.IssueExpired("127.0.0.1"), authority.Pem));
        Assert.Equal(("reach.tls-wrong-name", false), await Tls(authority.Issue("other.example"), authority.Pem));
        using var own = TestAuthority.SelfSigned("127.0.0.1");
        Assert.Equal(("reach.tls-self-signed", true), await Tls(own, null));
        Assert.Equal((null, false), await Tls(own, own.ExportCertificatePem()));
    }

    [Fact]
    public async Task An_endless_body_is_cut_at_the_cap()
    {
        await using var endless = await EndlessHost.Start();
        var request = new GuardedRequest(HttpMethod.Get, endless.Url) { Cap = 256 * 1024 };
        using var client = Client(Reach.Loopback);
        Assert.Equal("reach.too-big", (await client.Send(request, default)).Failure!.Code);
        await Eventually.True("the host notices", () => endless.Ended);
        Assert.InRange(endless.Sent, 0, 16 * 1024 * 1024);
    }

    private async Task<PlainGitHost> Plain() => await PlainGitHost.Start(_dir.Sub("repositories"));

    private async Task<(string? Code, bool Proposed)> Tls(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate,
        string? authorities
    )
    {
        await using var host = await PlainGitHost.Start(_dir.Sub("repositories"), 0, certificate);
        using var client = Client(Reach.Loopback, authorities);
        var outcome = await client.Send(new GuardedRequest(HttpMethod.Get, host.Url), default);
        return (outcome.Failure?.Code, client.Proposal is not null);
    }

    private static async Task<Outcome<GuardedResponse>> Get(Uri url, IReadOnlyList<ReachRule> rules)
    {
        using var client = Client(rules);
        return await client.Send(new GuardedRequest(HttpMethod.Get, url), default);
    }

    private static GuardedClient Client(IReadOnlyList<ReachRule> rules, string? authorities = null)
    {
        Resolve resolve = (name, cancel) =>
            name == "trap.example"
                ? Task.FromResult(new[] { IPAddress.Loopback })
                : Dns.GetHostAddressesAsync(name, cancel);
        return new GuardedHttp(new AddressGuard(TimeProvider.System, resolve), TimeProvider.System).Open(
            rules,
            authorities
        );
    }
}
