using Fairlead.Programs.Git;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Hosts.Branches;

/// <summary>Merges are by the person who asked; Fairlead, or who is named in the options, commits them.</summary>
internal sealed class MergeAuthors(FairleadDb db, ServerOptions options)
{
    private readonly string _host = new Uri(options.BaseUrl).Host;

    /// <summary>Addresses are of this instance's name: people have none here, and none is made public.</summary>
    public async Task<CommitIdentity> Of(Caller caller, CancellationToken cancel)
    {
        var shown = await db.Set<PersonRow>()
            .Where(person => person.Id == caller.PersonId)
            .Select(person => person.DisplayName)
            .FirstOrDefaultAsync(cancel);
        var author = new CommitName(shown ?? caller.Name, $"{caller.Name}@{_host}");
        return new CommitIdentity(author, options.Committer ?? new CommitName("Fairlead", $"fairlead@{_host}"));
    }
}
