using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

public sealed class GitHubBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubAppBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await GitHubAppStage.StartApp();
}

public sealed class GitHubAppHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await GitHubAppStage.StartApp();
}

public sealed class GitHubOAuthTests : OAuthJourney
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubGrantedJourneyTests(Chromium chromium) : GrantedHostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubAppRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await GitHubAppStage.StartApp();
}
