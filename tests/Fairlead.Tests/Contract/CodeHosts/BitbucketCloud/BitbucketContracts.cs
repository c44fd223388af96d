using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

public sealed class BitbucketCloudBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

public sealed class BitbucketCloudHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

/// <summary>With an access token, which belongs to a workspace and to no person.</summary>
public sealed class BitbucketCloudAccessHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start(byAccess: true);
}

public sealed class BitbucketCloudJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

public sealed class BitbucketCloudAccessJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start(byAccess: true);
}

public sealed class BitbucketCloudGrantedJourneyTests(Chromium chromium) : GrantedHostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

public sealed class BitbucketCloudOAuthTests : OAuthJourney
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

public sealed class BitbucketRequestTests : RequestContract
{
    protected override bool GitReads => false;

    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}
