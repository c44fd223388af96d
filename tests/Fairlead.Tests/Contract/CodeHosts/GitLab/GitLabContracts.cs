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
