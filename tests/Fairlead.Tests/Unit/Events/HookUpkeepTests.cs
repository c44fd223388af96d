using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Tests.Unit.Events;

public sealed class HookUpkeepTests
{
    private static readonly Uri Url = new("https://fairlead.example.com/hooks/abc");

    [Fact]
    public void Without_a_hook_of_ours_one_is_made_and_others_are_left_alone() =>
        Assert.Equal(
            new HookStep.Create(),
            HookUpkeep.Decide([Hook("7") with { Url = "https://ci.example.com/" }], Url, null, true).Step
        );

    [Fact]
    public void One_that_is_right_is_kept() =>
        Assert.Equal(new HookStep.Keep("7"), HookUpkeep.Decide([Hook("7")], Url, "7", true).Step);

    [Fact]
    public void What_is_wrong_is_mended_and_said()
    {
        Assert.Equal("It was switched off.", Why(Hook("7") with { IsActive = false }));
        Assert.Equal("It was not sent everything.", Why(Hook("7") with { HearsAll = false }));
        Assert.Equal("It was pointed elsewhere.", Why(Hook("7") with { Url = "https://elsewhere.example.com/" }));
        Assert.Equal("It had an older secret.", Why(Hook("7"), newest: false));
    }

    [Fact]
    public void A_registration_whose_answer_got_lost_is_taken_over_and_its_double_removed()
    {
        var upkeep = HookUpkeep.Decide([Hook("7"), Hook("8")], Url, null, true);
        Assert.Equal("7", Assert.IsType<HookStep.Repair>(upkeep.Step).Id);
        Assert.Equal(["8"], upkeep.Surplus);
    }

    private static string Why(HostedHook hook, bool newest = true) =>
        Assert.IsType<HookStep.Repair>(HookUpkeep.Decide([hook], Url, "7", newest).Step).Why;

    private static HostedHook Hook(string id) => new(id, Url.AbsoluteUri) { IsActive = true, HearsAll = true };
}
