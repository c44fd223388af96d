using Fairlead.Tests.Journeys.Hosts;
using Fairlead.Tests.Support.Console;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>The host makes the App, and a person installs it; nothing is typed in.</summary>
public sealed class GitHubAppJourneyTests(Chromium chromium) : HostJourney(chromium)
{
    protected override async Task<HostStage> Set() => await MadeAppStage.Start();

    private protected override async Task Bind(Walk walk)
    {
        await walk.MakeApp(Stage);
        await walk.InstallApp();
    }
}
