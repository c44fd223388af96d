using Fairlead.Core.Providers.CodeHosts;

namespace Fairlead.Providers.Rest;

/// <summary>Where one site's OAuth is, and how it differs from another's.</summary>
/// <param name="Web">The site, without a slash at the end.</param>
/// <param name="Register">Below the site: where applications are registered.</param>
/// <param name="Authorise">Below the site: the page that asks the person.</param>
/// <param name="Token">Below the site: the endpoint that gives tokens.</param>
internal sealed record OAuthSite(string Web, string Register, string Authorise, string Token)
{
    /// <summary>Below the site: the endpoint that gives codes for devices; null where there is none.</summary>
    public string? Device { get; init; }

    /// <summary>The application signs in by Basic, and its scopes were chosen when it was registered.</summary>
    public bool IsConsumer { get; init; }

    public GrantGuide Guide => new(Web, new Uri(Web + Register));
}
