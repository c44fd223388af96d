using Fairlead.Core.Providers;

namespace Fairlead.Providers;

/// <summary>All kinds of connections, one line each.</summary>
public static class Providers
{
    public static IReadOnlyList<IProvider> All(Outside outside) =>
        [
            new PlainGit.PlainGit(outside),
            new GitHub.GitHub(outside),
            new GitLab.GitLab(outside),
            new Gitea.Gitea(outside),
            new Codeup.Codeup(outside),
            new BitbucketCloud.BitbucketCloud(outside),
            new BitbucketDataCenter.BitbucketDataCenter(outside),
            new PrivateRegistry.PrivateRegistry(outside),
        ];
}
