using System.Globalization;
using Fairlead.Core.Builds;
using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Images;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Web.Layout;

/// <summary>
/// The small numbers in the side bar. They are read in a scope of their own, because the frame and the page are
/// rendered side by side and a database context serves one question at a time.
/// </summary>
internal sealed class SideBarCounts(IServiceScopeFactory scopes)
{
    public sealed record Values(string Connections, string Credentials, string Images, string Builds, string People)
    {
        public static readonly Values None = new("", "", "", "", "");
    }

    public async Task<Values> Read(Caller caller, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var connections = scope.ServiceProvider.GetRequiredService<UsableConnections>();
        var running = await db.Set<BuildRow>().CountAsync(build => build.State == BuildState.Running, cancel);
        return new Values(
            Text(await connections.For(caller).CountAsync(cancel)),
            Text(await db.Set<CredentialRow>().CountAsync(row => row.OwnerId == caller.PersonId, cancel)),
            Text(await db.Set<ImageRow>().CountAsync(cancel)),
            running > 0 ? $"{running} running" : "",
            caller.IsAdministrator ? Text(await db.Set<PersonRow>().CountAsync(cancel)) : ""
        );
    }

    private static string Text(int count) => count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture);
}
