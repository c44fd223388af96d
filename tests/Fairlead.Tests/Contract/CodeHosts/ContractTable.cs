using System.Collections.Concurrent;
using System.Text;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>
/// The table in <c>docs/providers.md</c>: what each host was seen to do by the contract's tests. A run of all of them
/// leaves it at <c>artifacts/test/hosts.md</c>, and <c>./dev test</c> compares.
/// </summary>
public sealed class ContractTable : IDisposable
{
    private static readonly (Type Capability, string Words)[] Columns =
    [
        (typeof(IVerify), "verify"),
        (typeof(IExplainPrivileges), "privileges"),
        (typeof(IListRepositories), "repositories"),
        (typeof(IFindById), "by id"),
        (typeof(IListRefs), "branches, tags"),
        (typeof(IWriteWithGit), "change branches"),
        (typeof(IListRequests), "requests"),
        (typeof(IMintGitCredential), "clone"),
        (typeof(IManageHooks), "keep hooks"),
        (typeof(IReceiveHooks), "hear hooks"),
        (typeof(IKeepDeliveries), "kept deliveries"),
        (typeof(IReportStatus), "statuses"),
    ];

    private static readonly ConcurrentDictionary<(string Host, Type Capability), string> Seen = new();

    /// <summary>A test used a capability, and ended.</summary>
    internal static void Note(string host, Type capability, bool passed) =>
        Seen.AddOrUpdate((host, capability), Word(passed), (_, known) => known == "fails" ? known : Word(passed));

    /// <summary>The provider has not this capability.</summary>
    internal static void NoteNone(string host, Type capability) => Seen[(host, capability)] = "host cannot";

    public void Dispose()
    {
        if (!IsWhole())
            return;
        var file = Path.Combine(RepositoryRoot.Path, "artifacts", "test", "hosts.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Table());
    }

    private static string Word(bool passed) => passed ? "works" : "fails";

    /// <summary>Every host was asked for everything; a further way to authorise shows what it lacks.</summary>
    private static bool IsWhole() =>
        CodeHosts().All(host => Columns.All(column => Seen.ContainsKey((host, column.Capability))));

    private static IEnumerable<string> CodeHosts() =>
        Fairlead
            .Providers.Providers.All(Outside.Of(TimeProvider.System))
            .Where(provider => provider is IListRepositories)
            .Select(one => one.Title);

    private static string Of(string host, Type capability) => Seen.GetValueOrDefault((host, capability), "not tried");

    private static string Table()
    {
        var table = new StringBuilder();
        table.Append($"| host | {string.Join(" | ", Columns.Select(column => column.Words))} |\n");
        table.Append($"|---|{string.Concat(Columns.Select(_ => "---|"))}\n");
        foreach (var host in Seen.Keys.Select(seen => seen.Host).Distinct().Order(StringComparer.Ordinal))
            table.Append($"| {host} | {string.Join(" | ", Columns.Select(column => Of(host, column.Capability)))} |\n");
        return table.ToString();
    }
}
