using System.Net.Http.Headers;
using System.Net.Sockets;
using Fairlead.Core.Builds;
using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Jobs;
using Fairlead.Server.Connections;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>
/// An image repository <c>demo/app</c> bound to a source in a test server's database, and what happens to it.
/// </summary>
internal sealed class BuildWorld(TestServer server)
{
    private int _pushes;

    public long SourceId { get; private set; }
    public long ImageId { get; private set; }

    public static async Task<BuildWorld> Make(TestServer server, params RuleRow[] rules)
    {
        var world = new BuildWorld(server);
        await server.With(async db =>
        {
            var owner = await db.Set<PersonRow>().FirstAsync();
            var connection = new ConnectionRow
            {
                Slug = "code",
                Name = "Code",
                Kind = "test",
                OwnerId = owner.Id,
            };
            var space = new NamespaceRow { Name = "demo" };
            db.AddRange(connection, space);
            await db.SaveChangesAsync();
            var source = new SourceRow
            {
                ConnectionId = connection.Id,
                Repository = "",
                HookId = "h1",
                Polling = false,
                NextPollAt = DateTimeOffset.MaxValue.AddYears(-1),
            };
            db.Add(source);
            await db.SaveChangesAsync();
            var image = new ImageRow
            {
                NamespaceId = space.Id,
                Name = "app",
                SourceId = source.Id,
            };
            db.Add(image);
            await db.SaveChangesAsync();
            foreach (var rule in rules)
            {
                rule.ImageId = image.Id;
                db.Add(rule);
            }
            await db.SaveChangesAsync();
            (world.SourceId, world.ImageId) = (source.Id, image.Id);
            return 0;
        });
        return world;
    }

    public static RuleRow Rule(string pattern = "main", bool regex = false, RefKind kind = RefKind.Branch) =>
        new()
        {
            RefKind = kind,
            Pattern = pattern,
            IsRegex = regex,
            Versions = ["{sha8}"],
        };

    public static string Commit(int number) => number.ToString("x40");

    /// <summary>The ledger hears of a push; what became of it is the answer.</summary>
    public Task<string> Push(string gitRef, string? after, string? key = null) =>
        server.With(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            key ??= $"push-{Interlocked.Increment(ref _pushes)}";
            var known = await db.Set<EventRow>().FirstOrDefaultAsync(row => row.Key == key);
            var change =
                known
                ?? new EventRow
                {
                    SourceId = SourceId,
                    Ref = gitRef,
                    After = after,
                    Key = key,
                };
            var became = await server
                .Services.GetRequiredService<QueueBuilds>()
                .Run(db, change, CancellationToken.None);
            await transaction.CommitAsync();
            return became;
        });

    public Task<List<BuildRow>> Builds() =>
        server.With(db => db.Set<BuildRow>().AsNoTracking().OrderBy(build => build.Id).ToListAsync());

    public async Task<BuildRow> Build(long id) => (await Builds()).Single(build => build.Id == id);

    /// <summary>As if the dispatcher had started a runner for it.</summary>
    /// <returns>A client that carries the runner's token.</returns>
    public async Task<HttpClient> StartRunner(long id)
    {
        var (token, hash) = JobToken.New();
        await server.With(db =>
            db.Set<BuildRow>()
                .Where(build => build.Id == id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(build => build.State, BuildState.Running)
                        .SetProperty(build => build.Attempt, build => build.Attempt + 1)
                        .SetProperty(build => build.JobTokenHash, hash)
                )
        );
        return Runner(token.Reveal());
    }

    /// <summary>A client that comes in by the runners' door.</summary>
    public HttpClient Runner(string token)
    {
        var socket = new UnixDomainSocketEndPoint(server.Options.JobSocket);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(socket, cancel);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://fairlead/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
