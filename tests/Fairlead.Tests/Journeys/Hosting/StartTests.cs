using System.Net.Sockets;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosting;

/// <summary>What keeps the server from starting is one sentence that says what to do.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_busy_port_is_named()
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var refusal = await Refusal(plain => plain with { Listen = other.LocalEndpoint.ToString()! });
        Assert.Contains($"{other.LocalEndpoint} is already in use", refusal);
        Assert.Contains("--listen", refusal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:99999")]
    public async Task An_address_that_is_none_is_named(string listen) =>
        Assert.Contains("is not an address", await Refusal(plain => plain with { Listen = listen }));

    [Fact]
    public async Task Plain_http_beyond_this_machine_needs_a_word()
    {
        Func<ServerOptions, ServerOptions> open = plain =>
            plain with
            {
                Listen = plain.Listen.Replace("127.0.0.1", "0.0.0.0"),
            };
        Assert.Contains("--allow-plain-http", await Refusal(open));
        await using var allowed = await TestServer.Start(options: plain => open(plain) with { AllowPlainHttp = true });
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_named() =>
        Assert.Contains("could not be read", await Refusal(plain => plain with { Certificate = "/nonexistent.pem" }));

    [Fact]
    public async Task A_proxy_that_is_no_address_is_named() =>
        Assert.Contains("--trusted-proxies", await Refusal(plain => plain with { TrustedProxies = ["proxy"] }));

    [Fact]
    public async Task Two_servers_do_not_share_a_data_directory()
    {
        await using var server = await TestServer.Start();
        var refusal = await Refusal(plain => plain with { Data = server.Options.Data });
        Assert.Contains("Another Fairlead server is using", refusal);
        Assert.Equal("live", (await server.Anonymous.GetStringAsync("/health/live")).Trim('"'));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var server = await TestServer.Start();
        await server.With(db =>
            db.Database.ExecuteSqlRawAsync(
                "insert into \"__EFMigrationsHistory\" values ('29990101000000_FromTheFuture', '99.0.0')"
            )
        );
        var refusal = await Assert.ThrowsAsync<StartupException>(server.Restart);
        Assert.Contains("newer Fairlead", refusal.Message);
    }

    [Theory]
    [InlineData("--litsen", "Did you mean --listen?")]
    [InlineData("--foo", "There is no option --foo")]
    [InlineData("--data", "needs a value")]
    public void A_mistyped_option_is_told(string option, string expected) =>
        Assert.Contains(expected, Assert.Throws<StartupException>(() => OptionNames.Check([option])).Message);

    [Theory]
    [InlineData("--build-memory", "lots")]
    [InlineData("--build-memory", "1m")]
    [InlineData("--build-memory", "99999999999999g")]
    [InlineData("--build-cpus", "0")]
    [InlineData("--build-cpus", "-1")]
    [InlineData("--build-processes", "10")]
    public void A_limit_that_is_none_is_told(string option, string text)
    {
        var refusal = Assert.Throws<StartupException>(() => ServerOptions.Read([option, text])).Message;
        Assert.StartsWith($"'{text}' is no limit for {option}. Write ", refusal);
    }

    [Theory]
    [InlineData("--slots", "many", "from 1 to 64")]
    [InlineData("--slots", "65", "from 1 to 64")]
    [InlineData("--log-retention-days", "-1", "from 0 to 36500")]
    [InlineData("--hook-body-limit", "1m", "from 65536 to 26214400")]
    public void A_number_that_will_not_do_is_told(string option, string text, string range) =>
        Assert.Equal(
            $"'{text}' will not do for {option}. Write a whole number {range}.",
            Assert.Throws<StartupException>(() => ServerOptions.Read([option, text])).Message
        );

    [Fact]
    public void Limits_of_a_build_are_read()
    {
        var limits = ServerOptions.Read(["--build-memory", "4g", "--build-cpus", "1.5"]).Limits;
        Assert.Equal((4L << 30, 1.5, 4096), (limits.MemoryBytes, limits.Cpus, limits.Processes));
        Assert.Equal(512L << 20, ServerOptions.Read(["--build-memory", "512M"]).Limits.MemoryBytes);
    }

    [Fact]
    public void Every_option_can_be_an_environment_variable()
    {
        Environment.SetEnvironmentVariable("FAIRLEAD_KEY_FILE", "/run/secrets/fairlead");
        try
        {
            Assert.Equal("/run/secrets/fairlead", ServerOptions.Read([]).KeyFile);
            Assert.Equal("/elsewhere", ServerOptions.Read(["--key-file", "/elsewhere"]).KeyFile);
        }
        finally
        {
            Environment.SetEnvironmentVariable("FAIRLEAD_KEY_FILE", null);
        }
    }

    private static async Task<string> Refusal(Func<ServerOptions, ServerOptions> options) =>
        (await Assert.ThrowsAsync<StartupException>(() => TestServer.Start(options: options))).Message;
}
