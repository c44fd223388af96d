using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fairlead.Server.Data;

/// <summary>
/// All rows, whichever database holds them. Slices map their own rows (<c>XRow.cs</c>) and query with
/// <see cref="DbContext.Set{TEntity}()"/>; they read each other's rows, and write only their own.
/// </summary>
internal abstract class FairleadDb(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model) => Tables.Map(model);

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary>
    /// Instants are stored as milliseconds since 1970 in UTC: the same order and range in both databases.
    /// </summary>
    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(
            instant => instant.ToUnixTimeMilliseconds(),
            stored => DateTimeOffset.FromUnixTimeMilliseconds(stored)
        );
}
