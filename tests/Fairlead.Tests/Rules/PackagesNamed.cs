using Fairlead.Server.Execution.Engines;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Rules;

/// <summary>A fresh machine gets every program that builds need: <c>./dev</c> installs what its table names.</summary>
public sealed class PackagesNamed
{
    /// <summary>In every Debian, however small.</summary>
    private static readonly string[] Essential = ["tar", "xargs", "unshare", "pivot_root"];

    [Fact]
    public void Every_program_around_an_engine_is_installed_by_dev()
    {
        var table = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "build", "packages.sh"));
        var named = table.Select(line => line.Split('|')[0]).ToHashSet();
        var missing = EngineParts.Namespaces.Concat(EngineParts.Jail).Except(Essential).Except(named);
        Violations.None(missing, "Name the Debian package of these in build/packages.sh");
    }
}
