using Fairlead.Tests.Journeys.Hosts;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

public sealed class GitHubBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubJourneyTests : HostJourney
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}
