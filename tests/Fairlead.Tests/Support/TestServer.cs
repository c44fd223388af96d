using System.Net.Http.Headers;
using Fairlead.Emulators.Hosting;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Tests.Support;

/// <summary>
/// The real server in this process: Kestrel on a port of its own, a SQLite file in a private directory (or the
/// database asked for), and one person of each role with a client that carries a token with every scope.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly List<HttpClient> _clients = [];
    private readonly TimeProvider _time;
    private readonly Action<IServiceCollection>? _adjust;
    private WebApplication _app = null!;

    private TestServer(TimeProvider time, Action<IServiceCollection>? adjust) => (_time, _adjust) = (time, adjust);

    /// <summary>Holds <c>data/</c> and <c>keys/</c>.</summary>
    public TempDir Directory { get; } = new();

    internal ServerOptions Options { get; private set; } = null!;

    /// <summary>What the server logged.</summary>
    public LogEar Log { get; } = new();

    public Uri Url => new(Options.BaseUrl);

    public IServiceProvider Services => _app.Services;

    public HttpClient Anonymous { get; private set; } = null!;
    public HttpClient Administrator { get; private set; } = null!;
    public HttpClient Maintainer { get; private set; } = null!;
    public HttpClient Member { get; private set; } = null!;

    /// <param name="clock">Null for the real time.</param>
    /// <param name="options">Changes what the server is started with.</param>
    /// <param name="adjust">Replaces services.</param>
    /// <param name="people">False for a server nobody has set up.</param>
    internal static async Task<TestServer> Start(
        TimeProvider? clock = null,
        Func<ServerOptions, ServerOptions>? options = null,
        Action<IServiceCollection>? adjust = null,
        bool people = true
    )
    {
        var server = new TestServer(clock ?? TimeProvider.System, adjust);
        var plain = new ServerOptions
        {
            Data = server.Directory["data"],
            KeyFile = server.Directory["keys/master.key"],
            Listen = $"127.0.0.1:{FreePort.Next()}",
            RegistryListen = "",
        };
        server.Options = options?.Invoke(plain) ?? plain;
        await server.Run();
        server.Anonymous = server.Client();
        if (people)
            await server.AddPeople();
        return server;
    }

    /// <summary>Stops and starts the same server again: same address, data and key file.</summary>
    public async Task Restart()
    {
        await Down();
        await Up();
    }

    /// <summary>Stops it; nothing answers at its address until it is <see cref="Up"/> again.</summary>
    public async Task Down()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        // A program that is just being started holds our sockets until it has become another program.
        await Eventually.True("its port is free again", () => FreePort.IsFree(Url.Port));
    }

    public Task Up() => Run();

    /// <summary>A person with a token; the name is free to choose.</summary>
    internal async Task<HttpClient> AddPerson(string name, Role role, IReadOnlyList<string>? scopes = null)
    {
        var token = await With(async db =>
        {
            var person = new PersonRow
            {
                Name = name,
                DisplayName = name,
                Role = role,
                CreatedAt = _time.GetUtcNow(),
            };
            db.Add(person);
            await db.SaveChangesAsync();
            var (text, row) = IssueToken.Make(person.Id, "test", scopes ?? Scopes.All, _time.GetUtcNow(), null);
            db.Add(row);
            await db.SaveChangesAsync();
            return text;
        });
        return Client(token);
    }

    /// <summary>The ledger looks now at what waits, as it does every other second.</summary>
    public void Wake() => Services.GetRequiredService<LedgerBell>().Ring();

    /// <summary>A client that sends this token; redirects are not followed.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Url,
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client signed in like a browser: with a session cookie.</summary>
    internal async Task<HttpClient> Browser(string person)
    {
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", $"fairlead={await Session(person)}");
        return client;
    }

    /// <summary>The cookie of a person who has just signed in.</summary>
    internal Task<string> Session(string person) =>
        With(async db =>
        {
            var id = db.Set<PersonRow>().Single(row => row.Name == person).Id;
            var value = new Sessions(db, _time).Start(id, "test", "127.0.0.1");
            await db.SaveChangesAsync();
            return value;
        });

    internal async Task<T> With<T>(Func<FairleadDb, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<FairleadDb>());
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Dispose();
        LeftPlaces.Remove(Options);
    }

    private async Task AddPeople()
    {
        Administrator = await AddPerson("ada", Role.Administrator);
        Maintainer = await AddPerson("mia", Role.Maintainer);
        Member = await AddPerson("max", Role.Member);
    }

    private async Task Run()
    {
        _app = FairleadServer.Create(
            Options,
            services =>
            {
                services.AddSingleton(_time).AddSingleton(new Passwords(iterations: 1000));
                services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
                _adjust?.Invoke(services);
            }
        );
        await MigratedDatabase.Lay(Options);
        await FairleadServer.Start(_app);
    }
}
