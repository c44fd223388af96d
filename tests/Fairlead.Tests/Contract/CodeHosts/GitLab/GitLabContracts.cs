using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.GitLab;

public sealed class GitLabBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GitLabHookTests : HookContract
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

/// <summary>An installation that cannot sign, and sends the secret instead.</summary>
public sealed class GitLabUnsignedHookTests : HookContract
{
    protected override bool ProvesBody => false;

    protected override async Task<HostStage> Set() => await GitLabStage.Start(signs: false);
}

public sealed class GitLabJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GitLabOAuthTests : OAuthJourney
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GitLabGrantedJourneyTests(Chromium chromium) : GrantedHostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GitLabRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}
