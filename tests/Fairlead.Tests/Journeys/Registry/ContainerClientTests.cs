using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>podman, buildah and skopeo log in, push, pull and log out with a person's API token.</summary>
public sealed class ContainerClientTests : IAsyncLifetime
{
    private RegistryWorld _world = null!;
    private string _layout = "";

    public async ValueTask InitializeAsync()
    {
        _world = await RegistryWorld.Start();
        _layout = _world.Server.Directory["layout"];
        TinyImage.Write(_layout, "one");
        _world.Server.Directory.Write("auth.json", "{}");
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("podman")]
    [InlineData("buildah")]
    [InlineData("skopeo")]
    public async Task Each_gets_what_its_owner_may(string client)
    {
        Refused(await Pull(client), "denied", "unauthorized");
        Refused(await Login(client, "mia", "a password"), "User name or token is wrong.", "invalid username/password");

        Content(await Login(client, "mia", RegistryWorld.Token(_world.Server.Maintainer)));
        Content(await Push(client));
        Content(await Run(client, ["logout", .. Auth(), _world.Registry]));
        Refused(await Push(client), "denied", "unauthorized");

        Content(await Login(client, "max", RegistryWorld.Token(_world.Server.Member)));
        Content(await Pull(client));
        Refused(await Push(client), "denied");
        await _world.End("max", revoke: true);
        Refused(await Pull(client), "User name or token is wrong.", "invalid username/password");
    }

    private string Image => $"docker://{_world.Registry}/shop/app:1";

    private Task<(bool Ok, string Said)> Login(string client, string user, string password) =>
        _world.Run(
            client,
            [
                .. Global(client),
                "login",
                .. Auth(),
                "--tls-verify=false",
                "-u",
                user,
                "--password-stdin",
                _world.Registry,
            ],
            password
        );

    private async Task<(bool Ok, string Said)> Push(string client)
    {
        if (client == "skopeo")
            return await Run(client, ["copy", .. Auth(), "--dest-tls-verify=false", $"oci:{_layout}", Image]);
        var archive = _world.Server.Directory["image.tar"];
        if (!File.Exists(archive))
            Content(await Run("skopeo", ["copy", $"oci:{_layout}", $"docker-archive:{archive}:shop/local:1"]));
        var local = await Run(client, ["pull", "--quiet", $"docker-archive:{archive}"]);
        Content(local);
        var id = local.Said.Trim().Split('\n')[0].Trim();
        return await Run(client, ["push", .. Auth(), "--tls-verify=false", id, Image]);
    }

    private Task<(bool Ok, string Said)> Pull(string client) =>
        client == "skopeo"
            ? Run(client, ["inspect", .. Auth(), "--tls-verify=false", Image])
            : Run(client, ["pull", .. Always(client), .. Auth(), "--tls-verify=false", Image]);

    /// <summary>buildah is content with a copy it has.</summary>
    private static string[] Always(string client) => client == "buildah" ? ["--policy=always"] : [];

    private Task<(bool Ok, string Said)> Run(string client, string[] arguments) =>
        _world.Run(client, [.. Global(client), .. arguments]);

    private string[] Auth() => ["--authfile", _world.Server.Directory["auth.json"]];

    /// <summary>A store of the test's own; skopeo has none.</summary>
    private string[] Global(string client) =>
        client == "skopeo"
            ? ["--insecure-policy"]
            :
            [
                "--root",
                _world.Server.Directory.Sub("store"),
                "--runroot",
                _world.Server.Directory.Sub("runroot"),
                "--storage-driver",
                "vfs",
            ];

    private static void Content((bool Ok, string Said) run) => Assert.True(run.Ok, run.Said);

    private static void Refused((bool Ok, string Said) run, params string[] anyOf)
    {
        Assert.False(run.Ok, run.Said);
        Assert.True(anyOf.Any(words => run.Said.Contains(words, StringComparison.Ordinal)), run.Said);
    }
}
