using System.Net;
using System.Net.Sockets;
using Fairlead.Core.Connections;
using Fairlead.Providers.Http;

namespace Fairlead.Tests.Unit.Connections;

/// <summary>Where typed addresses may lead (every spelling of facts/security.md M24 and T23, T24).</summary>
public sealed class AddressGuardTests
{
    private static readonly ReachRule Loopback = new("*", IPNetwork.Parse("127.0.0.0/8"), 0, false);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("fd12::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001:0:1:2:3:4:80ff:fffe")]
    public async Task Private_places_need_a_rule(string address) =>
        Assert.Equal("reach.address-private", await Code("inner.example", address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    public async Task Some_places_no_rule_opens(string address)
    {
        var everything = new[] { "0.0.0.0/0", "::/0" }
            .Select(network => new ReachRule("*", IPNetwork.Parse(network), 0, true))
            .ToArray();
        Assert.Equal("reach.address-forbidden", await Code("meta.example", address, everything));
    }

    [Fact]
    public async Task One_bad_answer_refuses_all()
    {
        Assert.Null(await Code("ok.example", "93.184.216.34"));
        Assert.Equal("reach.address-private", await Code("mixed.example", "93.184.216.34,127.0.0.1"));
        Assert.Equal("reach.address-private", await Code("mixed.example", "93.184.216.34,::1", Loopback));
        Assert.Null(await Code("mixed.example", "93.184.216.34,127.0.0.1", Loopback));
    }

    [Fact]
    public async Task A_rule_opens_its_host_port_and_network_only()
    {
        var rule = new ReachRule("git.corp", IPNetwork.Parse("10.0.0.0/8"), 8443, false);
        Assert.Null(await Code("git.corp", "10.1.1.1", rule, port: 8443));
        Assert.Equal("reach.address-private", await Code("git.corp", "10.1.1.1", rule, port: 443));
        Assert.Equal("reach.address-private", await Code("other.corp", "10.1.1.1", rule, port: 8443));
        Assert.Equal("reach.address-private", await Code("git.corp", "192.168.1.1", rule, port: 8443));
    }

    [Fact]
    public async Task Plain_http_needs_a_rule_that_says_so()
    {
        Assert.Equal("reach.plain-http", await Code("h.example", "93.184.216.34", scheme: "http"));
        Assert.Equal("reach.plain-http", await Code("h.example", "127.0.0.1", Loopback, scheme: "http"));
        Assert.Null(await Code("h.example", "127.0.0.1", Loopback with { PlainHttp = true }, scheme: "http"));
    }

    [Fact]
    public async Task Ports_of_other_services_are_closed_to_http()
    {
        Assert.Equal("reach.port-forbidden", await Code("h.example", "93.184.216.34", port: 6379));
        Assert.Null(await Code("h.example", "93.184.216.34", port: 22, scheme: "ssh"));
    }

    [Fact]
    public async Task A_failed_look_up_is_never_a_reason_to_go_on()
    {
        Assert.Equal("reach.host-unknown", await Code("none.example", "", Loopback));
        var guard = new AddressGuard(TimeProvider.System, (_, _) => throw new SocketException(11001));
        var outcome = await guard.Vet(new Destination("x.example", 443, "https"), [Loopback], default);
        Assert.Equal("reach.host-unknown", outcome.Failure!.Code);
        Assert.Equal("There is no host named x.example.", outcome.Failure.Sentence);
    }

    private static Task<string?> Code(
        string host,
        string answers,
        ReachRule rule,
        int port = 443,
        string scheme = "https"
    ) => Code(host, answers, [rule], port, scheme);

    private static async Task<string?> Code(
        string host,
        string answers,
        ReachRule[]? rules = null,
        int port = 443,
        string scheme = "https"
    )
    {
        var found = answers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
        var guard = new AddressGuard(TimeProvider.System, (_, _) => Task.FromResult(found));
        return (await guard.Vet(new Destination(host, port, scheme), rules ?? [], default)).Failure?.Code;
    }
}
