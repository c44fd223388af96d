using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>
/// What the migrations make of an empty SQLite file, made once and copied: migrating took most of a server's start.
/// Server programs and the tests of storage migrate for themselves.
/// </summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Made = new(Make);

    /// <summary>Gives it to a server that would begin with an empty file.</summary>
    public static async Task Lay(ServerOptions options)
    {
        if (options.Database is null && new FileInfo(options.DatabaseFile) is not { Exists: true, Length: > 0 })
            await File.WriteAllBytesAsync(options.DatabaseFile, await Made.Value);
    }

    private static async Task<byte[]> Make()
    {
        using var directory = new TempDir();
        var options = new ServerOptions { Data = directory["data"], KeyFile = directory["master.key"] };
        await using var server = FairleadServer.Create(options);
        await server.Services.GetRequiredService<DatabaseSetup>().Run(CancellationToken.None);
        await using var scope = server.Services.CreateAsyncScope();
        var copy = directory["copy.db"];
        await scope.ServiceProvider.GetRequiredService<FairleadDb>().Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        return await File.ReadAllBytesAsync(copy);
    }
}
