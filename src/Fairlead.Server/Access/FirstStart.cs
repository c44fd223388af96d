using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>
/// Links that only the machine itself can ask for: the first set-up, and signing in without a password.
/// </summary>
internal sealed class FirstStart(IServiceScopeFactory scopes, ServerOptions options, AuditLog audit)
{
    /// <summary>
    /// A server nobody has set up says at every start how to: with a fresh link, the older ones withdrawn.
    /// </summary>
    /// <returns>The link's address, or null when there are people.</returns>
    public async Task<string?> Link(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        if (await db.Set<PersonRow>().AnyAsync(cancel))
            return null;
        var links = scope.ServiceProvider.GetRequiredService<OneTimeLinks>();
        await links.Withdraw(null, cancel);
        var secret = links.Make(null, OneTimeLinks.ForSetUp);
        await db.SaveChangesAsync(cancel);
        return options.LinkTo(secret);
    }

    /// <summary>Signs in that person, or the first administrator; sets up a server that has nobody.</summary>
    /// <exception cref="StartupException">There is nobody of that name who may sign in.</exception>
    public async Task<string> LinkFor(string? name, CancellationToken cancel)
    {
        if (await Link(cancel) is { } setUp)
            return setUp;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var person =
            await db.Set<PersonRow>()
                .Where(row => !row.Disabled && (name == null ? row.Role == Role.Administrator : row.Name == name))
                .OrderBy(row => row.Id)
                .FirstOrDefaultAsync(cancel)
            ?? throw new StartupException($"There is nobody named {name ?? "administrator"} who may sign in.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var secret = scope.ServiceProvider.GetRequiredService<OneTimeLinks>().Make(person.Id, OneTimeLinks.ForPerson);
        await audit.Append(
            db,
            "server",
            "link.made",
            $"person/{person.Name}",
            "On the server's machine.",
            null,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return options.LinkTo(secret);
    }
}
