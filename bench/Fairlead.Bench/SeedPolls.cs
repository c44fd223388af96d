using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;

namespace Fairlead.Bench;

/// <summary>Binds many outbound-only sources, a connection each, in the data of a server that is stopped.</summary>
internal static class SeedPolls
{
    public static async Task<int> Run(string data, string keyFile, string url, int count)
    {
        var options = new ServerOptions
        {
            Data = data,
            KeyFile = keyFile,
            RegistryListen = "",
        };
        await using var app = FairleadServer.Create(options);
        await app.Services.GetRequiredService<VaultSetup>().Run(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var bind = scope.ServiceProvider.GetRequiredService<BindSource>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var owner = new PersonRow { Name = "bench", DisplayName = "bench" };
        db.Add(owner);
        db.Add(
            new ReachRuleRow
            {
                Host = "*",
                Network = "127.0.0.0/8",
                PlainHttp = true,
            }
        );
        await db.SaveChangesAsync();
        for (var i = 0; i < count; i++)
        {
            var connection = new ConnectionRow
            {
                Slug = $"bench-{i}",
                Name = "bench",
                Kind = "git-server",
                Settings = new()
                {
                    ["url"] = $"{url}/app-{i}",
                    ["layout"] = "one",
                    ["auth"] = "none",
                },
                OwnerId = owner.Id,
                Scope = ScopeOfUse.Public,
                NextVerifyAt = DateTimeOffset.UnixEpoch.AddYears(200),
            };
            db.Add(connection);
            await db.SaveChangesAsync();
            await bind.Run(db, connection.Id, "", outboundOnly: true, CancellationToken.None);
        }
        await transaction.CommitAsync();
        return 0;
    }
}
