using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>What refusals mean here: the body names the cause by a code (facts/alibaba.md D1).</summary>
internal static class CodeupRefusals
{
    public static Failure? Explain(string host, RestCall call, GuardedResponse response) =>
        response.Status is >= 400 and < 500 ? Of(host, response.Json<WireRefusal>()?.ErrorCode) : null;

    private static Failure? Of(string host, string? code) =>
        code switch
        {
            "Forbidden.InvalidUser.UserNotInCurrentOrganization"
            or "Forbidden.InvalidOrganizationMember"
            or "InvalidOrganization.NotFound" => CodeupFailures.NotInOrganization(host),
            "UnsupportedCurrentTokenType" => CodeupFailures.TokenKind(host),
            "ExpiredTokenError" or "InvalidTokenError" => RestFailures.LoginRefused(host),
            _ => null,
        };
}
