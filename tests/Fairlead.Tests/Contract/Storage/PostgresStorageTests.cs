using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Storage;

public sealed class PostgresStorageTests(PostgresServer postgres) : StorageContract
{
    protected override async Task<string?> NewDatabase() => await postgres.NewDatabase();
}
