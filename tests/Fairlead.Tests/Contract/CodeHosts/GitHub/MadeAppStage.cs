namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>An Enterprise Server that has no App of ours until it makes one.</summary>
public sealed class MadeAppStage : GitHubStage
{
    public static new Task<MadeAppStage> Start() => Start(new MadeAppStage());

    public override string Name => "GitHub, as an App";

    public override string Identity => "Fairlead 127.0.0.1, installed at acme";

    public override (int Made, int Left)? JobKeys => Host.JobKeys;
}
