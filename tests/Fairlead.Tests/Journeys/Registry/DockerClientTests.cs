using System.Text.RegularExpressions;
using Fairlead.Contracts.Jobs;
using Fairlead.Programs;
using Fairlead.Server.Access;
using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Contract.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>
/// Debian's docker, client and daemon, at the managed registry with a person's API token. The daemon is rootless in a
/// network of its own, with a door to the registry and one to the token service.
/// </summary>
public sealed partial class DockerClientTests : IAsyncLifetime
{
    private readonly TempDir _engine = new();
    private RegistryWorld _world = null!;
    private EngineSupervisor _supervisor = null!;
    private EngineLease _docker = null!;

    private string Image => $"{_world.Registry}/shop/app:1";

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_engine, File.GetUnixFileMode(_engine) | UnixFileMode.OtherExecute);
        _world = await RegistryWorld.Start();
        var options = new EngineOptions(_engine["s"], _engine["r"]) { Kind = EngineSettings.BuildKit };
        _supervisor = new EngineSupervisor(options, new ProgramRunner(TimeProvider.System), TimeProvider.System);
        RegistryReach[] doors =
        [
            new(_world.Registry, PlainHttp: true),
            new(_world.Server.Url.Authority, PlainHttp: true),
        ];
        var ready = await _supervisor.Ready(0, doors, TestContext.Current.CancellationToken);
        Assert.True(ready.Ok, ready.Failure?.Sentence);
        _docker = ready.Value;
        await Content("one");
    }

    public async ValueTask DisposeAsync()
    {
        await _supervisor.Stop(new HashSet<int>(), CancellationToken.None);
        await _world.DisposeAsync();
        await EngineStore.Clear(_engine);
    }

    [Fact]
    public async Task Who_may_push_pushes_and_who_may_pull_pulls_and_no_more()
    {
        Assert.Contains("Login Succeeded", (await Login("mia", RegistryWorld.Token(_world.Server.Maintainer))).Said);
        var pushed = await Docker("push", Image);
        Assert.True(pushed.Ok, pushed.Said);
        Assert.True((await Docker("logout", _world.Registry)).Ok);
        Refused(await Docker("push", Image), "denied");

        Assert.True((await Login("max", RegistryWorld.Token(_world.Server.Member))).Ok);
        await Docker("rmi", Image);
        var pulled = await Docker("pull", Image);
        Assert.True(pulled.Ok, pulled.Said);
        Assert.Equal(Digest().Match(pushed.Said).Value, Digest().Match(pulled.Said).Value);
        await Content("two");
        Refused(await Docker("push", Image), "denied: requested access to the resource is denied");
    }

    [Fact]
    public async Task A_maintainers_token_that_is_for_reading_only_pushes_nothing()
    {
        var reader = await _world.Server.AddPerson("ria", Role.Maintainer, [Scopes.RegistryPull]);
        Assert.True((await Login("ria", RegistryWorld.Token(reader))).Ok);
        Refused(await Docker("push", Image), "denied: requested access to the resource is denied");
    }

    [Fact]
    public async Task Without_a_login_nothing_private_is_told()
    {
        Refused(await Docker("pull", Image), "denied");
        Refused(await Docker("push", Image), "denied");
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("wrong")]
    public async Task A_token_that_is_none_is_refused_in_our_words(string how)
    {
        var token = RegistryWorld.Token(_world.Server.Maintainer);
        Assert.True((await Login("mia", token)).Ok);
        if (how != "wrong")
            await _world.End("mia", revoke: how == "revoked");
        // Docker keeps a login; what it opens is asked of us each time.
        var kept = how == "wrong" ? null : (await Docker("push", Image)).Said;
        var refused = await Login("mia", how == "wrong" ? "a password" : token);

        Refused(refused, "User name or token is wrong.");
        Assert.Contains("fairlead token create", refused.Said);
        Assert.DoesNotContain(token, refused.Said + kept);
        if (kept is not null)
            Assert.Contains("User name or token is wrong.", kept);
    }

    private static void Refused((bool Ok, string Said) docker, string words)
    {
        Assert.False(docker.Ok, docker.Said);
        Assert.Contains(words, docker.Said);
    }

    private Task<(bool Ok, string Said)> Login(string user, string password) =>
        Docker(["login", "--username", user, "--password-stdin", _world.Registry], password);

    private Task<(bool Ok, string Said)> Docker(params string[] arguments) => Docker(arguments, null);

    private Task<(bool Ok, string Said)> Docker(string[] arguments, string? input) =>
        _world.Run(
            _docker.Program!,
            arguments,
            input,
            new Dictionary<string, string> { ["DOCKER_HOST"] = _docker.Endpoint }
        );

    /// <summary>Gives the image a content of its own.</summary>
    private async Task Content(string text)
    {
        var directory = _world.Server.Directory.Sub($"content-{text}");
        await File.WriteAllTextAsync(Path.Combine(directory, "file"), text);
        var archive = _world.Server.Directory[$"{text}.tar"];
        await System.Formats.Tar.TarFile.CreateFromDirectoryAsync(directory, archive, includeBaseDirectory: false);
        var imported = await Docker("import", archive, Image);
        Assert.True(imported.Ok, imported.Said);
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}(?= size|\n)")]
    private static partial Regex Digest();
}
