using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>A server nobody has set up says at every start how to: with a fresh link, the older ones withdrawn.</summary>
internal sealed class FirstStart(IServiceScopeFactory scopes, ServerOptions options)
{
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
        return $"{options.BaseUrl}/link/{secret}";
    }
}
