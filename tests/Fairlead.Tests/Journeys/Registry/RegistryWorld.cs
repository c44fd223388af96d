using Fairlead.Emulators.Hosting;
using Fairlead.Programs;
using Fairlead.Server.Access;
using Fairlead.Server.Images;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Registry;

/// <summary>
/// A server with its managed registry and the private image repository <c>shop/app</c>; and somebody else's programs.
/// </summary>
internal sealed class RegistryWorld : IAsyncDisposable
{
    private readonly ProgramRunner _programs = new(TimeProvider.System);

    public TestServer Server { get; private set; } = null!;

    public string Registry => Server.Options.RegistryListen;

    /// <param name="port">The registry's; 0 takes a free one.</param>
    /// <param name="adjust">Replaces services.</param>
    public static async Task<RegistryWorld> Start(int port = 0, Action<IServiceCollection>? adjust = null)
    {
        var world = new RegistryWorld();
        var address = $"127.0.0.1:{(port == 0 ? FreePort.Next() : port)}";
        world.Server = await TestServer.Start(
            options: plain => plain with { RegistryListen = address },
            adjust: adjust
        );
        await world.Server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            db.Add(space);
            await db.SaveChangesAsync();
            db.Add(new ImageRow { NamespaceId = space.Id, Name = "app" });
            return await db.SaveChangesAsync();
        });
        return world;
    }

    public static string Token(HttpClient person) => person.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>Makes a person's token useless, as the clock or its owner would.</summary>
    public Task End(string person, bool revoke) =>
        Server.With(async db =>
        {
            var id = (await db.Set<PersonRow>().SingleAsync(row => row.Name == person)).Id;
            var tokens = db.Set<ApiTokenRow>().Where(token => token.PersonId == id);
            var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            return revoke
                ? await tokens.ExecuteDeleteAsync()
                : await tokens.ExecuteUpdateAsync(set => set.SetProperty(token => token.ExpiresAt, past));
        });

    /// <summary>Runs a program with a home of its own.</summary>
    /// <returns>All it said, and whether it was content.</returns>
    public async Task<(bool Ok, string Said)> Run(
        string program,
        IEnumerable<string> arguments,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var call = new ProgramCall(program, [.. arguments])
        {
            Environment = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
            {
                ["HOME"] = Server.Directory.Sub("home"),
                ["XDG_RUNTIME_DIR"] = Server.Directory.Sub("run"),
            },
            Input = System.Text.Encoding.UTF8.GetBytes(input ?? ""),
            Timeout = TimeSpan.FromMinutes(1),
        };
        var run = await _programs.Run(call, TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Sentence);
        var said = $"{run.Value.Output}\n{run.Value.Error}";
        TestContext.Current.TestOutputHelper?.WriteLine($"{program} {string.Join(' ', call.Arguments)}\n{said}");
        return (run.Value.Ok, said);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
