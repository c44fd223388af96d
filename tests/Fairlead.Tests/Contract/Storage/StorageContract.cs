using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Server.Access;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Contract.Storage;

/// <summary>What the server relies on, whichever database holds the rows. One subclass a database.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Instant = new(2026, 11, 21, 22, 20, 0, 123, TimeSpan.Zero);
    private readonly TempDir _directory = new();
    private ServiceProvider _services = null!;

    /// <returns>A connection string, or null for a SQLite file.</returns>
    protected abstract Task<string?> NewDatabase();

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions
        {
            Data = _directory.Sub("data"),
            KeyFile = _directory["keys/master.key"],
            Database = await NewDatabase(),
        };
        _services = new ServiceCollection().AddLogging().AddData(options).BuildServiceProvider();
        await _services.GetRequiredService<DatabaseSetup>().Run(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_row_comes_back_as_it_was_written()
    {
        var kept = new List<object>();
        await With(async db =>
        {
            // In the order of what refers to what, so that every key has something to point to.
            foreach (var type in InOrder(db.Model))
            {
                var row = Activator.CreateInstance(type.ClrType)!;
                foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty()))
                    if (!(property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd))
                        property.PropertyInfo!.SetValue(row, Sample(property, kept));
                db.Add(row);
                await db.SaveChangesAsync();
                kept.Add(row);
            }
        });
        foreach (var row in kept)
        {
            await With(async db =>
            {
                var key = db.Model.FindEntityType(row.GetType())!.FindPrimaryKey()!;
                var again = await db.FindAsync(
                    row.GetType(),
                    [.. key.Properties.Select(p => p.PropertyInfo!.GetValue(row))]
                );
                Assert.Equal(Text(row), Text(again!));
            });
        }
        Assert.True(kept.Count > 15);
    }

    [Fact]
    public async Task Two_rows_with_one_unique_key_are_refused()
    {
        await With(async db =>
        {
            db.Add(Person("ada"));
            await db.SaveChangesAsync();
        });
        await Assert.ThrowsAsync<DbUpdateException>(() =>
            With(async db =>
            {
                db.Add(Person("ada"));
                await db.SaveChangesAsync();
            })
        );
    }

    [Fact]
    public async Task Of_two_writers_who_read_the_same_version_the_second_is_told()
    {
        await With(async db =>
        {
            var owner = Person("ada");
            db.Add(owner);
            await db.SaveChangesAsync();
            db.Add(
                new CredentialRow
                {
                    Slug = "key",
                    Name = "Key",
                    Kind = "any",
                    OwnerId = owner.Id,
                    Version = 1,
                }
            );
            await db.SaveChangesAsync();
        });
        await With(first =>
            With(async second =>
            {
                (await first.Set<CredentialRow>().SingleAsync()).Version = 2;
                (await second.Set<CredentialRow>().SingleAsync()).Version = 2;
                await first.SaveChangesAsync();
                await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
            })
        );
    }

    [Fact]
    public async Task Instants_are_kept_to_the_millisecond_and_compared_in_the_database()
    {
        await With(async db =>
        {
            foreach (var offset in (int[])[-1, 0, 1])
                db.Add(Person($"at-{offset + 1}", Instant.AddMilliseconds(offset).ToOffset(TimeSpan.FromHours(5))));
            await db.SaveChangesAsync();
        });
        await With(async db =>
        {
            var later = await db.Set<PersonRow>().Where(row => row.CreatedAt > Instant).SingleAsync();
            Assert.Equal(Instant.AddMilliseconds(1), later.CreatedAt);
            var order = await db.Set<PersonRow>().OrderBy(row => row.CreatedAt).Select(row => row.Name).ToListAsync();
            Assert.Equal(["at-0", "at-1", "at-2"], order);
        });
    }

    [Fact]
    public async Task What_points_to_nothing_is_refused()
    {
        await Assert.ThrowsAsync<DbUpdateException>(() =>
            With(async db =>
            {
                db.Add(new GroupMemberRow { GroupId = 404, PersonId = 404 });
                await db.SaveChangesAsync();
            })
        );
    }

    [Fact]
    public async Task A_transaction_given_up_leaves_nothing()
    {
        await With(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(Person("ada"));
            await db.SaveChangesAsync();
        });
        await With(async db => Assert.Empty(await db.Set<PersonRow>().ToListAsync()));
    }

    [Fact]
    public async Task Setting_up_again_changes_nothing()
    {
        await With(async db =>
        {
            db.Add(Person("ada"));
            await db.SaveChangesAsync();
        });
        await _services.GetRequiredService<DatabaseSetup>().Run(default);
        await With(async db => Assert.Single(await db.Set<PersonRow>().ToListAsync()));
    }

    private async Task With(Func<FairleadDb, Task> use)
    {
        await using var scope = _services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<FairleadDb>());
    }

    private static PersonRow Person(string name, DateTimeOffset? at = null) =>
        new()
        {
            Name = name,
            DisplayName = name,
            CreatedAt = at ?? Instant,
        };

    private static IEnumerable<IEntityType> InOrder(IModel model)
    {
        var left = model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var next = left.First(type =>
                type.GetForeignKeys()
                    .All(key => key.PrincipalEntityType == type || !left.Contains(key.PrincipalEntityType))
            );
            left.Remove(next);
            yield return next;
        }
    }

    /// <summary>A value that is neither empty nor the default, so that a column that is lost is noticed.</summary>
    private static object? Sample(IProperty property, List<object> kept)
    {
        if (property.GetContainingForeignKeys().FirstOrDefault() is { } key)
        {
            var at = key.Properties.ToList().IndexOf((IProperty)property);
            var target = kept.FirstOrDefault(row => row.GetType() == key.PrincipalEntityType.ClrType);
            return target is null ? null : key.PrincipalKey.Properties[at].PropertyInfo!.GetValue(target);
        }
        return Sample(property.ClrType);
    }

    private static object? Sample(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            _ when type == typeof(string) => "a ö 漢 \u0001 ' \" \\ 🪢",
            _ when type == typeof(int) => 1_234_567_890,
            _ when type == typeof(long) => 1_234_567_890_123_456_789,
            _ when type == typeof(bool) => true,
            _ when type == typeof(double) => 0.1,
            _ when type == typeof(DateTimeOffset) => Instant,
            _ when type == typeof(byte[]) => new byte[] { 0, 1, 127, 128, 255 },
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
            _ when typeof(IDictionary).IsAssignableFrom(type) => Filled((IDictionary)Activator.CreateInstance(type)!),
            _ when type.IsGenericType && type.IsAssignableFrom(ListOf(type)) => FilledList(type),
            { IsInterface: true } => null,
            _ => Made(type),
        };
    }

    private static Type ListOf(Type type) => typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]);

    private static IList FilledList(Type type)
    {
        var list = (IList)Activator.CreateInstance(ListOf(type))!;
        list.Add(Sample(type.GetGenericArguments()[0]));
        return list;
    }

    /// <summary>A record of a JSON column: its constructor gets samples too.</summary>
    private static object Made(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke([
            .. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType)),
        ]);
    }

    private static IDictionary Filled(IDictionary map)
    {
        if (map is Dictionary<string, string> texts)
            texts["key"] = "välue";
        else if (map is Dictionary<string, long> numbers)
            numbers["key"] = 7;
        return map;
    }

    /// <summary>The row itself, without rows beside it that happen to be loaded.</summary>
    private static string Text(object row) => JsonSerializer.Serialize(row, row.GetType(), Alone);

    private static readonly JsonSerializerOptions Alone = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var beside in type.Properties.Where(one => one.PropertyType.Name.EndsWith("Row")).ToList())
                        type.Properties.Remove(beside);
                },
            },
        },
    };
}
