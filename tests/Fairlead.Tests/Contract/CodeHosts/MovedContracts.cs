using Fairlead.Emulators.Codeup;
using Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;
using Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;
using Fairlead.Tests.Contract.CodeHosts.Codeup;
using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitLab;

namespace Fairlead.Tests.Contract.CodeHosts;

public sealed class GitHubMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubAppMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await GitHubAppStage.StartApp();
}

public sealed class GitLabMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GiteaMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

/// <summary>One that leads nobody on from an old name, and tells strangers by 403.</summary>
public sealed class BitbucketCloudMovedTests : MovedContract
{
    protected override async Task<HostStage> Set()
    {
        var stage = await BitbucketStage.Start();
        (stage.Host.SendsRenamedOn, stage.Host.HidesBy) = (false, 403);
        return stage;
    }
}

public sealed class BitbucketDataCenterMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}

/// <summary>One whose git tells strangers by 403.</summary>
public sealed class BitbucketDataCenterForbiddingMovedTests : MovedContract
{
    protected override async Task<HostStage> Set()
    {
        var stage = await DataCenterStage.Start();
        stage.Host.GitHidesBy = 403;
        return stage;
    }
}

/// <summary>One that leads nobody on from an old name.</summary>
public sealed class CodeupMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() =>
        await CodeupStage.Start(CodeupEdition.Central with { FollowsFormerNames = false });
}

public sealed class CodeupRegionMovedTests : MovedContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Region);
}
