using Fairlead.Emulators.Codeup;
using Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;
using Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;
using Fairlead.Tests.Contract.CodeHosts.Codeup;
using Fairlead.Tests.Contract.CodeHosts.Gitea;
using Fairlead.Tests.Contract.CodeHosts.GitHub;
using Fairlead.Tests.Contract.CodeHosts.GitLab;

namespace Fairlead.Tests.Contract.CodeHosts;

public sealed class GitHubBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await GitHubStage.Start();
}

public sealed class GitHubAppBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await GitHubAppStage.StartApp();
}

public sealed class GitLabBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await GitLabStage.Start();
}

public sealed class GiteaBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await GiteaStage.Start();
}

public sealed class BitbucketCloudBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await BitbucketStage.Start();
}

public sealed class BitbucketDataCenterBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await DataCenterStage.Start();
}

public sealed class CodeupBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Central);
}

public sealed class CodeupRegionBranchTests : BranchContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Region);
}
