namespace Fairlead.Core.Providers.CodeHosts;

/// <summary>Tells a person what to do at the other side before the form can be filled in.</summary>
public interface IGuide
{
    /// <param name="typed">What stands in the form by now, unread and without its secrets. Whatever it is, there is a
    /// guide: links that need an address that is not one are left out.</param>
    ConnectGuide Guide(IReadOnlyDictionary<string, string> typed);
}

/// <summary>What to do at the host, in order, and the least to ask for there.</summary>
/// <param name="Needs">Privileges by the names that the host's own page shows.</param>
public sealed record ConnectGuide(IReadOnlyList<GuideStep> Steps, IReadOnlyList<PrivilegeNeed> Needs);

/// <summary>One thing to do.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="Page">The host's page where it is done, as far as it is known.</param>
public sealed record GuideStep(string Text, GuidePage? Page = null);

/// <param name="Label">What the link is called.</param>
public sealed record GuidePage(string Label, Uri Url);
