using System.Net.Http.Headers;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.Rest;

/// <summary>
/// How a granted token signs in. One that is refused before its end is renewed, and the call is made once more: some
/// hosts end a token when another is given, and people take tokens back.
/// </summary>
internal static class GrantedLogin
{
    /// <param name="token">Null for nobody.</param>
    /// <param name="header">How the host wants a token.</param>
    public static RestStyle By(
        this RestStyle style,
        Target target,
        Secret? token,
        Func<Secret, AuthenticationHeaderValue> header
    )
    {
        if (token is null || target.Renew is not { } renew)
            return style with { Authorization = token is null ? null : header(token) };
        var current = token;
        return style with
        {
            RefusedAgain = GrantFailures.Revoked,
            Authorise = async (refused, cancel) =>
            {
                // Pages are read side by side: what another call renewed meanwhile is good for this one.
                var known = current;
                if (refused is null || !header(known).Equals(refused))
                    return header(known);
                return (await renew(known, cancel)).Map(fresh => header(current = fresh));
            },
        };
    }
}
