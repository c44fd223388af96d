using Fairlead.Emulators.Codeup;
using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.Codeup;

public sealed class CodeupBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Central);
}

public sealed class CodeupRegionBrowseTests : BrowseContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Region);
}

public sealed class CodeupHookTests : HookContract
{
    protected override bool ProvesBody => false;

    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Central);
}

/// <summary>The headers as they are documented, not as they come.</summary>
public sealed class CodeupRegionHookTests : HookContract
{
    protected override bool ProvesBody => false;

    protected override async Task<HostStage> Set() =>
        await CodeupStage.Start(CodeupEdition.Region with { Headers = "Codeup-" });
}

public sealed class CodeupJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Central);
}

public sealed class CodeupRegionJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Region);
}

public sealed class CodeupRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Central);
}

public sealed class CodeupRegionRequestTests : RequestContract
{
    protected override async Task<HostStage> Set() => await CodeupStage.Start(CodeupEdition.Region);
}
