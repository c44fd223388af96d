using System.Net;
using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Server.Authorisations;
using Fairlead.Server.Vault;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitLab;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>Granting by a code that is typed on the host's page, from a shell without a browser.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("github")]
    [InlineData("gitlab")]
    public async Task A_code_that_is_typed_at_the_host_binds_from_a_shell(string kind)
    {
        await using HostStage stage = kind == "github" ? await GitHubStage.Start() : await GitLabStage.Start();
        var devices = stage.Door!.Devices;
        devices.Interval = TimeSpan.FromSeconds(1);
        await using var world = await OAuthWorld.Make(stage);
        using var home = new TempDir();
        var cli = new CommandLine(home);
        var token = world.Server.Administrator.DefaultRequestHeaders.Authorization!.Parameter!;
        await cli.RunWith(token, "login", world.Server.Url.ToString(), "--with-token");
        var running = cli.Run("connection", "add", kind, "--name", "Code", "--device");
        await Eventually.True("a code is waited for", () => devices.Waiting.Count == 1);
        Assert.True(devices.Decide(devices.Waiting[0]));
        var said = await running;
        Assert.True(said.Code == 0, said.Words);
        Assert.Contains("type this code: ", said.Words);
        Assert.Contains("trusted", said.Output);
        Assert.Equal(0, devices.Hasty);
        Assert.Equal(["code"], await world.Connections());
    }

    [Fact]
    public async Task The_host_sets_the_pace_and_its_word_ends_the_waiting()
    {
        await using var stage = await GitHubStage.Start();
        var devices = stage.Door.Devices;
        await using var world = await OAuthWorld.Make(stage);
        // Asked at once, the server does not ask the host.
        var start = await Start(world);
        Assert.Equal(new DeviceGrantState(null, 5), await Follow(world, start));
        Assert.Equal(0, devices.Hasty);
        // Twenty who ask at the right time ask the host once; before its time it asks to be asked less often.
        await Due(world);
        var states = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Follow(world, start)));
        Assert.All(states, state => Assert.Null(state.Connection));
        Assert.Equal(1, devices.Hasty);
        await Due(world);
        Assert.Equal(new DeviceGrantState(null, 15), await Follow(world, start));
        // A passing fault is waited through.
        stage.Door.TokenFault = 503;
        await Due(world);
        Assert.Null((await Follow(world, start)).Connection);
        stage.Door.TokenFault = null;

        devices.Interval = TimeSpan.Zero;
        start = await Start(world);
        devices.Decide(start.UserCode, allow: false);
        Assert.Equal("grant.denied", await Refused(world, start));
        Assert.Equal("authorisation.replayed", await Refused(world, start));
        devices.Life = TimeSpan.Zero;
        Assert.Equal("grant.device-expired", await Refused(world, await Start(world)));
        devices.Life = TimeSpan.FromMinutes(15);
        start = await Start(world);
        using var other = world.Server.Maintainer.PostAsync($"/api/v1/grants/devices/{start.Id}", null);
        Assert.Equal(HttpStatusCode.BadRequest, (await other).StatusCode);
        devices.Decide(start.UserCode);
        await Due(world);
        Assert.Equal(start.Connection, (await Follow(world, start)).Connection);
        Assert.Equal("authorisation.replayed", await Refused(world, start));
        devices.IsOn = false;
        Assert.Equal("grant.no-devices", await Code(await Post(world, "devices", new NewGrant(world.Application.Id))));
        // What opened a code is forgotten with it; of those that are over nothing is left.
        var left = await world.Server.With(db =>
            db.Set<SealedRow>().CountAsync(row => row.Owner.StartsWith("grant-request/"))
        );
        Assert.Equal(1, left);
    }

    [Fact]
    public async Task A_host_without_codes_says_so()
    {
        await using var stage = await GiteaStage.Start();
        await using var world = await OAuthWorld.Make(stage);
        Assert.Equal("grant.no-devices", await Code(await Post(world, "devices", new NewGrant(world.Application.Id))));
    }

    private static Task<DeviceGrant> Start(OAuthWorld world) =>
        world.Api.Post<DeviceGrant>("grants/devices", new NewGrant(world.Application.Id));

    private static Task<DeviceGrantState> Follow(OAuthWorld world, DeviceGrant start) =>
        world.Api.Post<DeviceGrantState>($"grants/devices/{start.Id}", new { });

    private static async Task<string> Refused(OAuthWorld world, DeviceGrant start)
    {
        await Due(world);
        return await Code(await Post(world, $"devices/{start.Id}", new { }));
    }

    private static Task<HttpResponseMessage> Post(OAuthWorld world, string path, object body) =>
        world.Server.Administrator.PostAsJsonAsync($"/api/v1/grants/{path}", body);

    private static async Task<string> Code(HttpResponseMessage answer)
    {
        Assert.False(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadFromJsonAsync<Problem>())!.Code;
    }

    /// <summary>As if the interval were over.</summary>
    private static Task<int> Due(OAuthWorld world) =>
        world.Server.With(db =>
        {
            DateTimeOffset? past = TimeProvider.System.GetUtcNow().AddSeconds(-1);
            return db.Set<GrantRequestRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, past));
        });
}
