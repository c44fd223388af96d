using System.Net.Http.Headers;
using System.Text;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Fairlead.Server.Leases;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Registry;

/// <summary>Finds out who asks for a registry token: basic authentication with an API token or a job's lease.</summary>
internal sealed class IdentifyClient(FairleadDb db, ApiTokens tokens, TimeProvider time)
{
    /// <summary>The user name of leases.</summary>
    public const string LeaseUser = "lease";

    /// <summary>
    /// Nothing sent is anonymous; something wrong sent is refused, so a typo is not taken for a guest.
    /// </summary>
    public async Task<Outcome<RegistryClient>> Run(HttpContext request, CancellationToken cancel)
    {
        var header = request.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return RegistryClient.Anonymous;
        if (ReadBasic(header) is not ({ } user, { } password))
            return RegistryFailures.LoginRefused;
        if (user == LeaseUser)
            return await FindLease(password, cancel) is { } lease
                ? new RegistryClient($"build/{lease.BuildId}", null, lease)
                : RegistryFailures.LoginRefused;
        var caller = await tokens.Find(password, request.Connection.RemoteIpAddress?.ToString(), cancel);
        return caller is not null && caller.Name == user
            ? new RegistryClient(caller.Name, caller, null)
            : RegistryFailures.LoginRefused;
    }

    private Task<LeaseRow?> FindLease(string password, CancellationToken cancel)
    {
        var hash = RandomText.Hash(password);
        var now = time.GetUtcNow();
        return db.Set<LeaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(lease => lease.Hash == hash && lease.EndedAt == null && lease.ExpiresAt > now, cancel);
    }

    private static (string? User, string? Password) ReadBasic(string header)
    {
        if (
            !AuthenticationHeaderValue.TryParse(header, out var value)
            || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || value.Parameter is null
        )
            return default;
        var buffer = new byte[value.Parameter.Length];
        if (!Convert.TryFromBase64String(value.Parameter, buffer, out var length))
            return default;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = text.IndexOf(':');
        return colon < 0 ? default : (text[..colon], text[(colon + 1)..]);
    }
}
