using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>
/// A person's display name, role, or being disabled. A new role and being disabled end all their sessions. The last
/// administrator who can sign in stays one.
/// </summary>
internal sealed class ChangePerson(FairleadDb db, Sessions sessions, AuditLog audit)
{
    public async Task<Outcome<Person>> Run(string name, PersonChange input, Caller caller, CancellationToken cancel)
    {
        if (input.Role is not null && Roles.Parse(input.Role) is null)
            return PeopleFailures.RoleUnknown;
        if (input.DisplayName is { Length: > 100 })
            return PeopleFailures.DisplayNameTooLong;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await WriteLock.Take(db, LockName.Access, cancel);
        var person = await db.Set<PersonRow>().SingleOrDefaultAsync(row => row.Name == name, cancel);
        if (person is null)
            return PeopleFailures.NoSuch("person", name);
        var (role, disabled) = (Roles.Parse(input.Role) ?? person.Role, input.Disabled ?? person.Disabled);
        if ((role != Role.Administrator || disabled) && await IsLastAdministrator(person, cancel))
            return PeopleFailures.LastAdministrator;
        var changes = Changes(person, input, role, disabled);
        if (role != person.Role || disabled)
            await sessions.EndAll(person.Id, cancel);
        (person.Role, person.Disabled) = (role, disabled);
        person.DisplayName = string.IsNullOrWhiteSpace(input.DisplayName)
            ? person.DisplayName
            : input.DisplayName.Trim();
        await audit.Append(db, caller.Name, "person.changed", $"person/{name}", changes, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return PersonWire.Of(person);
    }

    private async Task<bool> IsLastAdministrator(PersonRow person, CancellationToken cancel) =>
        person is { Role: Role.Administrator, Disabled: false }
        && !await db.Set<PersonRow>()
            .AnyAsync(row => row.Id != person.Id && row.Role == Role.Administrator && !row.Disabled, cancel);

    private static string Changes(PersonRow person, PersonChange input, Role role, bool disabled)
    {
        var changes = new List<string>();
        if (role != person.Role)
            changes.Add($"Role {person.Role.Text()} to {role.Text()}.");
        if (disabled != person.Disabled)
            changes.Add(disabled ? "Disabled." : "Enabled.");
        if (input.DisplayName is not null)
            changes.Add("Display name.");
        return string.Join(' ', changes);
    }
}
