using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;

namespace Fairlead.Tests.Support;

/// <summary>
/// A kind of code host, <c>test</c>, that has one repository on this machine and the refs it is given.
/// </summary>
internal sealed class FakeCodeHost : IProvider, ICodeHost, IListRefs
{
    public List<RefHead> Heads { get; } = [];

    public string Kind => "test";
    public string Title => "Test";
    public string Summary => "For tests.";
    public ProviderFamily Family => ProviderFamily.CodeHost;
    public string Icon => "git";
    public IReadOnlyList<FormField> Fields => [];

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) =>
        new Dictionary<string, string>(input.Settings);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        new RepositoryAddress("http://127.0.0.1:9/repo.git", null, null);

    public Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel) =>
        Task.FromResult<Outcome<RefList>>(new RefList(Heads, "main"));
}
