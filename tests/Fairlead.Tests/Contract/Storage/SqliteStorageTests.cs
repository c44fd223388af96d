using Microsoft.Data.Sqlite;

namespace Fairlead.Tests.Contract.Storage;

public sealed class SqliteStorageTests : StorageContract
{
    protected override Task<string?> NewDatabase() => Task.FromResult<string?>(null);

    [Fact]
    public async Task Control_the_default_of_the_library_waits_for_the_disk()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        Assert.Equal(2L, await command.ExecuteScalarAsync());
    }
}
