using Fairlead.Core.Providers;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>One code host as the contract needs it: the provider, a stand-in for the host, and what it saw.</summary>
public abstract class HostStage : IAsyncDisposable
{
    public abstract IProvider Provider { get; }

    /// <summary>The host, and the way to authorise where it has several.</summary>
    public virtual string Name => Provider.Title;

    /// <summary>A connection whose credential may do everything our uses need.</summary>
    public abstract Target Target { get; }

    /// <summary>What verifying says who we are.</summary>
    public virtual string Identity => "ada";

    /// <summary>Where people grant access at this host; null where it has no such page.</summary>
    public virtual OAuthDoor? Door => null;

    /// <summary>The same connection with a credential that the host does not know.</summary>
    public abstract Target Refused { get; }

    /// <summary>The same connection with a credential that may read code and do nothing else; null where a host has
    /// none.</summary>
    public abstract Target? ReadOnly { get; }

    /// <summary>What fails with that credential, in the report's words.</summary>
    public virtual string ReadOnlyLacks => "commit statuses cannot be set";

    /// <summary>Makes a repository that git can push to.</summary>
    /// <returns>What image repositories are bound to, and the host's id of it.</returns>
    public abstract Task<(string Name, string Id)> AddRepository(string name);

    /// <summary>Makes repositories that are only listed.</summary>
    public abstract void AddMany(int count);

    /// <summary>Where to push to, and the password that git needs.</summary>
    public abstract (Uri Url, string User, string Password) Git(string repository);

    /// <summary>The connection whose credential may write code too.</summary>
    public virtual Target Writer => Target;

    /// <summary>Where the host keeps what is pushed.</summary>
    public abstract BareRepositories Bare { get; }

    /// <summary>What the host writes to who pushes to a protected branch; <c>BRANCH</c> stands for its ref.</summary>
    public abstract string ProtectionWords { get; }

    /// <summary>Lets nobody push to the branch.</summary>
    public Task Protect(string repository, string branch) => Bare.Protect(KeptAs(repository), branch, ProtectionWords);

    /// <summary>What the host calls the repository where it keeps it.</summary>
    protected virtual string KeptAs(string repository) => repository;

    /// <summary>The connection whose credential may read code and not write it; null where a host has none.</summary>
    public virtual Target? Reader => ReadOnly;

    /// <summary>The host does not merge into protected branches either, where it has a function for it.</summary>
    public virtual void PreventMerges(string repository) { }

    /// <summary>Pull or merge requests that are open.</summary>
    public virtual int OpenRequests(string repository) => 0;

    /// <summary>Gives the repository another name; requests to the old one are treated as the host does.</summary>
    public abstract string Rename(string repository, string name);

    /// <summary>Gives it to another owner, project or group; null where nobody knows what becomes of its id.</summary>
    /// <returns>Its name there.</returns>
    public virtual string? Transfer(string repository) => null;

    /// <summary>Git finds it by an old name, too, so that a look alone tells of no new one.</summary>
    public virtual bool GitLeadsOn => false;

    /// <summary>Deletes it at the host.</summary>
    public abstract void Delete(string repository);

    /// <summary>Makes it private to others than the stage's credentials.</summary>
    /// <returns>Lets them in again.</returns>
    public abstract Action Hide(string repository);

    /// <summary>Another branch becomes the one that people see first.</summary>
    public async Task UseDefault(string repository, string branch)
    {
        await Fairlead.Emulators.Git.Git.Run(
            Bare.PathOf(KeptAs(repository)),
            "symbolic-ref",
            "HEAD",
            $"refs/heads/{branch}"
        );
        ShowDefault(repository, branch);
    }

    protected abstract void ShowDefault(string repository, string branch);

    /// <summary>How the host announces that it switched a function off, and what of it people are to see; null where
    /// it is not known to.</summary>
    public virtual (string Body, string Seen)? Announcement => null;

    /// <summary>What the host shows of a commit, newest first: context, state in the host's words, link.</summary>
    public abstract IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    );

    /// <summary>How many hooks the host has for the repository.</summary>
    public abstract int Hooks(string repository);

    /// <summary>Somebody deletes the repository's hooks.</summary>
    public abstract void LoseHooks(string repository);

    /// <summary>What the hook's deliveries were answered with, oldest first; 0 when nobody answered.</summary>
    public abstract IReadOnlyList<int> Answers(string repository);

    /// <summary>What the host calls a state that a provider reported as success, and as pending.</summary>
    public abstract (string Success, string Pending) StateWords { get; }

    /// <summary>Keys that were minted for jobs, and those that are still good; null where none are minted.</summary>
    public virtual (int Made, int Left)? JobKeys => null;

    /// <summary>Misbehaves when its API is asked; git goes on.</summary>
    public abstract void Break(Fault? fault);

    /// <summary>The host answers that this credential has asked too often.</summary>
    public abstract void Exhaust();

    /// <summary>Its pull requests; null where they are not told of.</summary>
    public virtual RequestBook? Requests => null;

    /// <summary>Nothing was asked or answered that does not stand in the host's own description.</summary>
    /// <param name="description">Null where it is absent.</param>
    /// <param name="below">What the paths of its API begin with.</param>
    /// <param name="undescribed">A path that the host has and does not describe begins so.</param>
    /// <param name="requests">What is asked stands in it, too.</param>
    /// <param name="known">Ends of complaints where the real host is known not to do as it says.</param>
    protected static void HoldTo(
        HostDescription? description,
        StrictHost host,
        string below,
        string undescribed = "\n",
        bool requests = true,
        params string[] known
    )
    {
        if (description is null)
            return;
        var asked = host.Requests.All.Where(request =>
            request.Path.StartsWith(below + "/", StringComparison.Ordinal)
            && !request.Path.StartsWith(below + undescribed, StringComparison.Ordinal)
        );
        var faults = asked
            .SelectMany(one => (requests ? description.Unknown(one, below) : []).Concat(description.Wrong(one, below)))
            .Where(fault => !known.Any(fault.EndsWith))
            .Distinct()
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    public abstract ValueTask DisposeAsync();
}
