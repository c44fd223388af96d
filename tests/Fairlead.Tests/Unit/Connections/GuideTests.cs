using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Providers;

namespace Fairlead.Tests.Unit.Connections;

/// <summary>What a person is told to do at a host leads to that host, and nowhere else.</summary>
public sealed class GuideTests
{
    private static readonly IReadOnlyList<IProvider> Kinds = Fairlead.Providers.Providers.All(
        Outside.Of(TimeProvider.System)
    );

    public static TheoryData<string> Guided => [.. Kinds.Where(kind => kind is IGuide).Select(kind => kind.Kind)];

    [Fact]
    public void Every_code_host_that_can_be_browsed_has_a_guide() =>
        Assert.All(Kinds.Where(kind => kind is IListRepositories), kind => Assert.IsAssignableFrom<IGuide>(kind));

    [Theory]
    [MemberData(nameof(Guided))]
    public void Links_lead_to_the_site_that_was_typed(string kind)
    {
        var guide = Of(kind, "https://code.acme.example:8443");
        Assert.Contains(guide.Steps, step => step.Page is not null);
        Assert.All(
            guide.Steps.Where(step => step.Page is not null),
            step => Assert.Equal("https://code.acme.example:8443", step.Page!.Url.GetLeftPart(UriPartial.Authority))
        );
        Assert.NotEmpty(guide.Needs);
    }

    [Theory]
    [MemberData(nameof(Guided))]
    public void What_is_no_address_gets_no_link(string kind)
    {
        foreach (
            var odd in (string[])["javascript:alert(1)", "-x", "git@code.acme.example:shop", "https://a:b@c.example"]
        )
        {
            var guide = Of(kind, odd);
            Assert.NotEmpty(guide.Steps);
            Assert.DoesNotContain(guide.Steps, step => step.Page is not null);
        }
    }

    private static ConnectGuide Of(string kind, string url) =>
        ((IGuide)Kinds.Single(one => one.Kind == kind)).Guide(new Dictionary<string, string> { ["url"] = url });
}
