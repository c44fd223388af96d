using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;

public sealed class BitbucketDataCenterBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}

public sealed class BitbucketDataCenterHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}

public sealed class BitbucketDataCenterJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}

/// <summary>With the token of a project, which git may not use in place of a password.</summary>
public sealed class BitbucketDataCenterProjectJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start(ofProject: true);
}

public sealed class DataCenterRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}
