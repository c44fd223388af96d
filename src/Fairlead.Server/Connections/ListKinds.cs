using System.Text.RegularExpressions;
using Fairlead.Contracts.Connections;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Authorisations;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Connections;

/// <summary>The kinds of connections there are, with their forms.</summary>
internal sealed partial class ListKinds(IReadOnlyList<IProvider> providers, ServerOptions options)
{
    public IReadOnlyList<KindInfo> Run() => [.. providers.Select(Of)];

    private KindInfo Of(IProvider provider)
    {
        var guide = (provider as IGuide)?.Guide(new Dictionary<string, string>());
        return new KindInfo(
            provider.Kind,
            provider.Title,
            provider.Summary,
            Words(provider.Family),
            provider.Icon,
            [.. provider.Fields.Select(Of)]
        )
        {
            Grant = OpenApplication.Registration(options, provider),
            Steps = [.. (guide?.Steps ?? []).Select(step => new KindStep(step.Text, step.Page?.Url.AbsoluteUri))],
            Needs = [.. (guide?.Needs ?? []).Select(need => new KindNeed(need.AnyOf[0], need.Breaks))],
        };
    }

    private static FieldInfo Of(FormField field) =>
        new(field.Name, field.Label, Words(field.Kind))
        {
            Required = field.Required,
            Secret = field.IsSecret,
            WithCredential = field.IsCredential,
            Help = field.Help,
            Placeholder = field.Placeholder,
            Choices = [.. field.Choices.Select(choice => new FieldChoice(choice.Value, choice.Label))],
            ShownField = field.ShownWhen?.Field,
            ShownValues = field.ShownWhen?.Values ?? [],
        };

    /// <summary><c>CodeHost</c> becomes <c>code-host</c>.</summary>
    private static string Words(Enum value) => Capital().Replace($"{value}", "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
