namespace Fairlead.Tests.Support;

/// <summary>
/// The programs under test: what <c>./dev test</c> published, as users start them; else what was built beside them.
/// </summary>
internal static class BuiltPrograms
{
    private static readonly string Programs =
        Environment.GetEnvironmentVariable("FAIRLEAD_TEST_PROGRAMS") ?? Path.Combine("artifacts", "bin");

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string Server => Path.Combine(DirectoryOf("Fairlead.Server"), "fairlead-server");

    public static string Runner => Path.Combine(DirectoryOf("Fairlead.Runner"), "fairlead-runner");

    public static string Cli => Path.Combine(DirectoryOf("Fairlead.Cli"), "fairlead");

    public static string DirectoryOf(string project) =>
        Path.Combine(RepositoryRoot.Path, Programs, project, Configuration);
}
