using System.Reflection;

namespace Fairlead.Server.Data;

/// <summary>
/// The names of this program's migrations, noted down by the build from their files: the framework finds them by
/// loading every type of the program.
/// </summary>
internal static class KnownMigrations
{
    public static IReadOnlyList<string> Of(FairleadDb db)
    {
        var key = $"Migrations.{(db is SqliteDb ? "Sqlite" : "Postgres")}";
        var noted = typeof(KnownMigrations).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        return noted.Single(note => note.Key == key).Value!.Split(';');
    }
}
