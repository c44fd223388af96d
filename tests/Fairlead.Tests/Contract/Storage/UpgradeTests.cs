using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Contract.Storage;

/// <summary>A database of any earlier version is brought up to date by starting, with what it holds.</summary>
public sealed class UpgradeTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_earlier_schema_is_upgraded_with_its_rows(bool onPostgres)
    {
        using var directory = new TempDir();
        var count = await Migrations(directory, onPostgres ? await postgres.NewDatabase() : null);
        for (var version = 1; version <= count; version++)
        {
            await using var services = Services(
                directory.Sub($"from-{version}"),
                onPostgres ? await postgres.NewDatabase() : null
            );
            await With(
                services,
                async db =>
                {
                    var migrations = db.Database.GetMigrations().ToList();
                    await db.GetService<IMigrator>().MigrateAsync(migrations[version - 1]);
                    // In the words of the first schema, as its program would have written it.
                    await db.Database.ExecuteSqlRawAsync(
                        """
                        insert into groups ("Name", "CreatedAt") values ('kept', 1763763600123)
                        """
                    );
                }
            );
            await services.GetRequiredService<DatabaseSetup>().Run(default);
            await With(
                services,
                async db =>
                {
                    Assert.Empty(await db.Database.GetPendingMigrationsAsync());
                    var kept = await db.Set<Fairlead.Server.Access.GroupRow>().SingleAsync();
                    Assert.Equal(("kept", 1763763600123), (kept.Name, kept.CreatedAt.ToUnixTimeMilliseconds()));
                }
            );
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_build_notes_every_migration(bool onPostgres)
    {
        using var directory = new TempDir();
        await using var services = Services(directory, onPostgres ? await postgres.NewDatabase() : null);
        await With(
            services,
            db =>
            {
                Assert.Equal(db.Database.GetMigrations(), KnownMigrations.Of(db));
                return Task.CompletedTask;
            }
        );
    }

    [Fact]
    public async Task Every_row_that_says_how_it_is_mapped_has_its_table()
    {
        using var directory = new TempDir();
        await using var services = Services(directory, null);
        var mapped = typeof(FairleadDb)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))
            .Select(type => type.GetGenericArguments()[0].Name);
        await With(
            services,
            db =>
            {
                Assert.Equal(mapped.Order(), db.Model.GetEntityTypes().Select(type => type.ClrType.Name).Order());
                return Task.CompletedTask;
            }
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_schema_is_the_model_s(bool onPostgres)
    {
        using var directory = new TempDir();
        await using var services = Services(directory, onPostgres ? await postgres.NewDatabase() : null);
        await With(
            services,
            db =>
            {
                Assert.False(db.Database.HasPendingModelChanges());
                return Task.CompletedTask;
            }
        );
    }

    [Theory]
    [InlineData("synchronous_commit")]
    public async Task A_database_that_does_not_wait_for_the_disk_is_refused(string setting)
    {
        using var directory = new TempDir();
        var database = await postgres.NewDatabase();
        await using var services = Services(directory, $"{database};Options=-c {setting}=off");
        var refusal = await Assert.ThrowsAsync<StartupException>(() =>
            services.GetRequiredService<DatabaseSetup>().Run(default)
        );
        Assert.Contains(setting, refusal.Message);
    }

    private static async Task<int> Migrations(TempDir directory, string? database)
    {
        await using var services = Services(directory.Sub("count"), database);
        var count = 0;
        await With(
            services,
            db =>
            {
                count = db.Database.GetMigrations().Count();
                return Task.CompletedTask;
            }
        );
        Assert.True(count > 0);
        return count;
    }

    private static ServiceProvider Services(string data, string? database)
    {
        var options = new ServerOptions
        {
            Data = data,
            KeyFile = Path.Combine(data, "no.key"),
            Database = database,
        };
        return new ServiceCollection().AddLogging().AddData(options).BuildServiceProvider();
    }

    private static async Task With(ServiceProvider services, Func<FairleadDb, Task> use)
    {
        await using var scope = services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<FairleadDb>());
    }
}
