using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.Gitea;

public sealed class GiteaBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class GiteaHookTests : HookContract
{
    protected override bool TellsWhereGoneBranchesWere => false;

    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class GiteaJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class GiteaOAuthTests : OAuthJourney
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class GiteaGrantedJourneyTests(Chromium chromium) : GrantedHostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class GiteaRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}
