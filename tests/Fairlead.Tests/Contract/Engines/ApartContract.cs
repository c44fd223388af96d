namespace Fairlead.Tests.Contract.Engines;

/// <summary>
/// What a build of a pull request leaves in caches, no other build finds (facts/security.md T39), whatever name it
/// gives them.
/// </summary>
public abstract class ApartContract(EngineFixture fixture) : EngineContract(fixture)
{
    private const string Cache = "RUN --mount=type=cache,id=shared,target=/c ";

    [Fact]
    public async Task A_request_poisons_no_cache_of_branches()
    {
        try
        {
            await Fixture.Use([], ofRequest: true);
            await Built($"FROM {Base}\n{Cache}echo poison > /c/tool\nRUN echo made-$((40+2)) > /kept && cat /kept");
            // The control: within requests it is found.
            await Built($"FROM {Base}\n{Cache}test -e /c/tool");
        }
        finally
        {
            await Fixture.Use([]);
        }
        await Built($"FROM {Base}\n{Cache}test ! -e /c/tool");
        await Built($"FROM {Base}\n{Cache}echo poison > /c/tool\nRUN echo made-$((40+2)) > /kept && cat /kept");
        Assert.Contains("made-42", Log);
    }
}
