using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Emulators.Hosting;
using Fairlead.Programs;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>
/// The managed registry asks for a login, and skopeo, a client we did not write, gets what its owner may.
/// </summary>
public sealed class RegistryLoginTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private string Registry => _server.Options.RegistryListen;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.Start(options: plain =>
            plain with
            {
                RegistryListen = $"127.0.0.1:{FreePort.Next()}",
            }
        );
        await _server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            db.Add(space);
            await db.SaveChangesAsync();
            db.Add(
                new ImageRow
                {
                    NamespaceId = space.Id,
                    Name = "open",
                    IsPublic = true,
                }
            );
            db.Add(new ImageRow { NamespaceId = space.Id, Name = "closed" });
            return await db.SaveChangesAsync();
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_maintainer_pushes_and_a_member_pulls()
    {
        var digest = TinyImage.Write(_server.Directory["layout"], "one");

        Assert.Null(await Push("shop/closed:v1", "mia", Token(_server.Maintainer)));
        var (found, failure) = await Inspect("shop/closed:v1", "max", Token(_server.Member));

        Assert.Null(failure);
        Assert.Equal(digest, found);
    }

    [Fact]
    public async Task A_member_may_not_push()
    {
        TinyImage.Write(_server.Directory["layout"], "one");

        var refused = await Push("shop/closed:v1", "max", Token(_server.Member));

        Assert.Contains("denied", refused);
    }

    [Fact]
    public async Task Without_a_login_only_public_images_are_pulled()
    {
        TinyImage.Write(_server.Directory["layout"], "one");
        Assert.Null(await Push("shop/open:v1", "mia", Token(_server.Maintainer)));
        Assert.Null(await Push("shop/closed:v1", "mia", Token(_server.Maintainer)));

        Assert.Null((await Inspect("shop/open:v1", null, null)).Failure);
        Assert.Contains("denied", (await Inspect("shop/closed:v1", null, null)).Failure);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_even_for_public_images()
    {
        using var wrong = new HttpRequestMessage(HttpMethod.Get, $"/registry/token?service={Registry}");
        wrong.Headers.Authorization = new("Basic", Convert.ToBase64String("mia:flt_wrong"u8));
        using var answer = await _server.Anonymous.SendAsync(wrong);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("registry.login-refused", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("repository:shop/closed:pull,push", "pull,push")]
    [InlineData("repository:shop/closed:*", "delete,pull,push")]
    [InlineData("repository:shop/*:pull", "")]
    [InlineData("repository:elsewhere/x:pull,push", "")]
    [InlineData("registry:catalog:*", "")]
    [InlineData("repository:shop/closed:pull,fly", "")]
    [InlineData("repository:shop/closed/deeper:push", "")]
    public async Task A_token_holds_what_is_asked_and_granted(string scope, string expected)
    {
        var access = await Access(scope, "mia", Token(_server.Maintainer));

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), access.Order());
    }

    [Fact]
    public async Task The_registry_is_found_again_after_a_restart()
    {
        var before = DetachedProgram.Find(Path.Combine(_server.Options.Data, "registry/registry.pid"));
        Assert.NotNull(before);

        await _server.Restart();
        TinyImage.Write(_server.Directory["layout"], "two");

        Assert.Null(await Push("shop/closed:v2", "mia", Token(_server.Maintainer)));
    }

    [Fact]
    public async Task A_push_is_written_down_with_digest_platform_and_who_did_it()
    {
        var digest = TinyImage.Write(_server.Directory["layout"], "told");
        Assert.Null(await Push("shop/closed:v3", "mia", Token(_server.Maintainer)));

        var tag = await Eventually.Value("the tag is recorded", () => FindTag("v3"));

        Assert.Equal(digest, tag.Digest);
        Assert.Equal(["linux/amd64"], tag.Platforms);
        Assert.Equal("mia", tag.PushedBy);
        Assert.True(tag.Size > 1024);
    }

    [Fact]
    public async Task Deleting_a_tag_leaves_its_sister_with_the_same_digest()
    {
        TinyImage.Write(_server.Directory["layout"], "twins");
        foreach (var name in new[] { "left", "right" })
            Assert.Null(await Push($"shop/closed:{name}", "mia", Token(_server.Maintainer)));
        await Eventually.Value("the tag is recorded", () => FindTag("left"));
        await Eventually.Value("the tag is recorded", () => FindTag("right"));

        var address = "/api/v1/images/shop/closed/tags/left";
        using var refused = await _server.Member.DeleteAsync(address);
        using var deleted = await _server.Maintainer.DeleteAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.NotNull((await Inspect("shop/closed:left", "max", Token(_server.Member))).Failure);
        Assert.Null((await Inspect("shop/closed:right", "max", Token(_server.Member))).Failure);
        Assert.Null(await FindTag("left"));
    }

    [Fact]
    public async Task Only_the_registry_itself_may_report_events()
    {
        using var answer = await _server.Anonymous.PostAsJsonAsync(
            "/registry/events",
            new { events = Array.Empty<int>() }
        );

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<TagRow?> FindTag(string name) =>
        _server.With(db => db.Set<TagRow>().AsNoTracking().FirstOrDefaultAsync(tag => tag.Name == name));

    private async Task<string?> Push(string image, string user, string token) =>
        (
            await Skopeo(
                "copy",
                "--dest-tls-verify=false",
                "--preserve-digests",
                $"--dest-creds={user}:{token}",
                "oci:" + _server.Directory["layout"],
                $"docker://{Registry}/{image}"
            )
        ).Failure;

    private async Task<(string? Digest, string? Failure)> Inspect(string image, string? user, string? token)
    {
        string[] login = user is null ? ["--no-creds"] : [$"--creds={user}:{token}"];
        var (output, failure) = await Skopeo([
            "inspect",
            "--tls-verify=false",
            "--format={{.Digest}}",
            .. login,
            $"docker://{Registry}/{image}",
        ]);
        return (output.Trim(), failure);
    }

    private async Task<(string Output, string? Failure)> Skopeo(params string[] arguments)
    {
        var call = new ProgramCall("skopeo", arguments)
        {
            Environment = new Dictionary<string, string> { ["HOME"] = _server.Directory["home"] },
        };
        var run = await new ProgramRunner(TimeProvider.System).Run(call, TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Sentence);
        return (run.Value.Output, run.Value.Ok ? null : run.Value.Error);
    }

    private async Task<IEnumerable<string>> Access(string scope, string user, string token)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/registry/token?service={Registry}&scope={Uri.EscapeDataString(scope)}"
        );
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{token}"));
        request.Headers.Authorization = new("Basic", basic);
        using var answer = await _server.Anonymous.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var jwt = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        var payload = jwt.Split('.')[1].Replace('-', '+').Replace('_', '/');
        payload = payload.PadRight((payload.Length + 3) / 4 * 4, '=');
        return JsonDocument
            .Parse(Convert.FromBase64String(payload))
            .RootElement.GetProperty("access")
            .EnumerateArray()
            .SelectMany(entry => entry.GetProperty("actions").EnumerateArray())
            .Select(action => action.GetString()!);
    }

    private static string Token(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;
}
