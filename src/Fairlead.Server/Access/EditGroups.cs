using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Groups of people, to share connections with.</summary>
internal sealed class EditGroups(FairleadDb db, AuditLog audit, TimeProvider time)
{
    public async Task<Page<Group>> List(string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part() ?? "";
        var found = await db.Set<GroupRow>()
            .AsNoTracking()
            .Where(group => group.Name.Contains(part))
            .OrderBy(group => group.Name)
            .ToPage(page, size, cancel);
        var ids = found.Items.Select(group => group.Id).ToList();
        var members = await (
            from member in db.Set<GroupMemberRow>()
            join person in db.Set<PersonRow>() on member.PersonId equals person.Id
            where ids.Contains(member.GroupId)
            orderby person.Name
            select new { member.GroupId, person.Name }
        ).ToListAsync(cancel);
        var byGroup = members.ToLookup(member => member.GroupId, member => member.Name);
        return found.Map(group => new Group(group.Name, byGroup[group.Id].ToList(), group.CreatedAt));
    }

    public async Task<Outcome<Group>> Create(NewGroup input, Caller caller, CancellationToken cancel)
    {
        if (!Names.IsWellFormed(input.Name))
            return PeopleFailures.NameMalformed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Access, cancel);
        if (await db.Set<GroupRow>().AnyAsync(row => row.Name == input.Name, cancel))
            return PeopleFailures.NameTaken("group", input.Name);
        var group = new GroupRow { Name = input.Name, CreatedAt = time.GetUtcNow() };
        db.Add(group);
        await audit.Append(db, caller.Name, "group.created", $"group/{group.Name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new Group(group.Name, [], group.CreatedAt);
    }

    public async Task<Outcome<Done>> Delete(string name, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Set<GroupRow>().SingleOrDefaultAsync(row => row.Name == name, cancel) is not { } group)
            return PeopleFailures.NoSuch("group", name);
        await db.Set<GroupMemberRow>().Where(row => row.GroupId == group.Id).ExecuteDeleteAsync(cancel);
        db.Remove(group);
        await audit.Append(db, caller.Name, "group.deleted", $"group/{name}", "", caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    /// <summary>In or out; already being so is no failure.</summary>
    public async Task<Outcome<Done>> SetMember(
        string name,
        string personName,
        bool isMember,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Access, cancel);
        if (await db.Set<GroupRow>().SingleOrDefaultAsync(row => row.Name == name, cancel) is not { } group)
            return PeopleFailures.NoSuch("group", name);
        if (await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Name == personName, cancel) is not { } person)
            return PeopleFailures.NoSuch("person", personName);
        var member = await db.Set<GroupMemberRow>().FindAsync([group.Id, person.Id], cancel);
        if (member is null == !isMember)
            return Done.It;
        if (isMember)
            db.Add(new GroupMemberRow { GroupId = group.Id, PersonId = person.Id });
        else
            db.Remove(member!);
        var (what, detail) = (isMember ? "group.joined" : "group.left", $"person/{personName}");
        await audit.Append(db, caller.Name, what, $"group/{name}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }
}
