using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;

namespace Fairlead.Bench;

/// <summary>
/// Binds a source in the data of a running server, whose host is never asked, and prints hook id and secret.
/// </summary>
internal static class Seed
{
    public static async Task<int> Run(string data, string keyFile)
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
        await using var transaction = await db.Database.BeginTransactionAsync();
        var source = await Bind(db, scope.ServiceProvider.GetRequiredService<BindSource>());
        var vault = scope.ServiceProvider.GetRequiredService<SecretVault>();
        var opened = await vault.Open(db, $"source/{source.Id}", source.HookSecretVersion, CancellationToken.None);
        await transaction.CommitAsync();
        Console.WriteLine($"{source.HookId} {opened.Values.Single().Reveal()}");
        return 0;
    }

    private static async Task<SourceRow> Bind(FairleadDb db, BindSource bind)
    {
        var owner = new PersonRow { Name = "bench", DisplayName = "bench" };
        db.Add(owner);
        await db.SaveChangesAsync();
        var connection = new ConnectionRow
        {
            Slug = "bench",
            Name = "bench",
            Kind = "none",
            OwnerId = owner.Id,
            Scope = ScopeOfUse.Public,
            NextVerifyAt = DateTimeOffset.UnixEpoch.AddYears(200),
        };
        db.Add(connection);
        await db.SaveChangesAsync();
        var source = await bind.Run(db, connection.Id, "acme/shop", null, CancellationToken.None);
        source.Polling = false;
        await db.SaveChangesAsync();
        return source;
    }
}
