using Fairlead.Core.Outcomes;
using Fairlead.Runner.Images;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Engines;

/// <summary>What the contract suites of an engine have in common: a repository, a build of it, its log.</summary>
public abstract class EngineContract(EngineFixture fixture) : IDisposable
{
    private readonly TempDir _source = new();
    private readonly List<string> _log = [];

    internal EngineFixture Fixture { get; } = fixture;

    protected TempDir Source => _source;

    protected string Base => Fixture.Base;

    /// <summary>All lines so far.</summary>
    protected string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Builds the source directory with this Dockerfile.</summary>
    internal async Task<Outcome<BuiltImage>> Build(
        string dockerfile,
        Func<ImageBuild, ImageBuild>? with = null,
        CancellationToken? cancel = null
    )
    {
        lock (_log)
            _log.Clear();
        Source.Write("Dockerfile", dockerfile);
        var build = new ImageBuild(Source, "", "Dockerfile") { CacheName = "test/app" };
        return await Fixture.Engine.Build(with?.Invoke(build) ?? build, Write, cancel ?? Cancel);
    }

    /// <summary>Builds, and fails the test with the log when that fails.</summary>
    internal async Task<BuiltImage> Built(string dockerfile, Func<ImageBuild, ImageBuild>? with = null)
    {
        var built = await Build(dockerfile, with);
        Assert.True(built.Ok, $"{built.Failure?.Code} {built.Failure?.Sentence}\n{Log}");
        return built.Value;
    }

    /// <summary>Builds what must not work.</summary>
    internal async Task<Failure> Refused(string dockerfile, Func<ImageBuild, ImageBuild>? with = null)
    {
        var built = await Build(dockerfile, with);
        Assert.False(built.Ok, "It was built.\n" + Log);
        TestContext.Current.TestOutputHelper?.WriteLine(built.Failure.Sentence);
        return built.Failure;
    }

    internal async Task<PushedImage> Pushed(BuiltImage image, PushTarget target)
    {
        var pushed = await Fixture.Engine.Push(image, target, Write, Cancel);
        Assert.True(pushed.Ok, $"{pushed.Failure?.Code} {pushed.Failure?.Sentence}\n{Log}");
        return pushed.Value;
    }

    protected void Write(string line)
    {
        lock (_log)
            _log.Add(line);
    }

    public virtual void Dispose() => _source.Dispose();
}
