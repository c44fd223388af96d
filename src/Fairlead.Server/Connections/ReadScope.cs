using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>A scope of use with the people and groups it names, by their rows.</summary>
internal sealed record ScopeDraft(ScopeOfUse Scope, IReadOnlyList<long> People, IReadOnlyList<long> Groups)
{
    public IEnumerable<ConnectionGrantRow> Grants(long connectionId) =>
        People
            .Select(id => new ConnectionGrantRow { ConnectionId = connectionId, PersonId = id })
            .Concat(Groups.Select(id => new ConnectionGrantRow { ConnectionId = connectionId, GroupId = id }));
}

/// <summary>Reads whom a connection is for.</summary>
internal sealed class ReadScope(FairleadDb db)
{
    public async Task<Outcome<ScopeDraft>> Run(
        string scope,
        IReadOnlyList<string> people,
        IReadOnlyList<string> groups,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!Enum.TryParse<ScopeOfUse>(scope, true, out var kind) || !Enum.IsDefined(kind))
            return ConnectionFailures.ScopeUnknown;
        if (kind != ScopeOfUse.Private && caller.Role < Role.Maintainer)
            return ConnectionFailures.SharingNeedsMaintainer;
        if (kind != ScopeOfUse.Custom)
            return new ScopeDraft(kind, [], []);
        if (people.Count + groups.Count == 0)
            return ConnectionFailures.GrantsMissing;
        var persons = await db.Set<PersonRow>()
            .Where(row => people.Contains(row.Name))
            .ToDictionaryAsync(row => row.Name, row => row.Id, cancel);
        var circles = await db.Set<GroupRow>()
            .Where(row => groups.Contains(row.Name))
            .ToDictionaryAsync(row => row.Name, row => row.Id, cancel);
        var missing = people
            .Where(name => !persons.ContainsKey(name))
            .Select(name => ConnectionFailures.NoSuch("person", name, "people"))
            .Concat(
                groups
                    .Where(name => !circles.ContainsKey(name))
                    .Select(name => ConnectionFailures.NoSuch("group", name, "groups"))
            )
            .ToList();
        return missing.Count > 0 ? Failure.Of(missing) : new ScopeDraft(kind, [.. persons.Values], [.. circles.Values]);
    }
}
