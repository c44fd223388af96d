using Fairlead.Core.Sources;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Images;
using Fairlead.Server.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>Reads and writes the data of a server process from outside, through the server's own code.</summary>
internal sealed class Seeding : IAsyncDisposable
{
    private readonly WebApplication _services;

    public Seeding(ServerProcess server, string? database = null) =>
        _services = FairleadServer.Create(
            new ServerOptions
            {
                Data = server.Data,
                KeyFile = server.KeyFile,
                Database = database,
                RegistryListen = "",
            }
        );

    /// <summary>A source with a hook; its connection belongs to a person made for it.</summary>
    public async Task<BoundSource> Bind(string slug = "code")
    {
        await _services.Services.GetRequiredService<VaultSetup>().Run(default);
        await With(async db =>
        {
            db.Add(
                new PersonRow
                {
                    Name = $"owner-of-{slug}",
                    DisplayName = slug,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return await db.SaveChangesAsync();
        });
        return await BoundSource.Make(_services.Services, slug, polling: false);
    }

    /// <summary>An image that is built from every branch of the source.</summary>
    public static async Task<int> BuildEveryBranch(FairleadDb db, long source)
    {
        var space = new NamespaceRow { Name = "acme" };
        db.Add(space);
        await db.SaveChangesAsync();
        var image = new ImageRow
        {
            NamespaceId = space.Id,
            Name = "shop",
            SourceId = source,
        };
        db.Add(image);
        await db.SaveChangesAsync();
        db.Add(
            new RuleRow
            {
                ImageId = image.Id,
                RefKind = RefKind.Branch,
                Pattern = ".*",
                IsRegex = true,
                Versions = ["{branch}"],
            }
        );
        return await db.SaveChangesAsync();
    }

    public async Task<T> With<T>(Func<FairleadDb, Task<T>> use)
    {
        await using var scope = _services.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<FairleadDb>());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
