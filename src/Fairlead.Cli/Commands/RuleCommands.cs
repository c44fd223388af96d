using System.CommandLine;
using System.Net.Http.Json;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>Build rules: which pushes become which tags.</summary>
internal static class RuleCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("rule", "Build rules of an image repository").With(List(terminal), Add(terminal), Remove(terminal));

    private static Command List(Terminal terminal)
    {
        var image = ImageCommands.Name();
        return new Command("list", "List the rules of an image repository")
            .With(image)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/images/{ImageName.Of(call.Get(image)).Path}/rules";
                    var rules = await call.Client.Get(path, CliJson.Default.IReadOnlyListRuleInfo, cancel);
                    call.Answer(rules, CliJson.Default.IReadOnlyListRuleInfo, _ => ShowRows(call, rules));
                }
            );
    }

    private static void ShowRows(Invocation call, IEnumerable<RuleInfo> rules) =>
        call.Terminal.Show(
            rules,
            ("rule", rule => rule.Id.ToString()),
            ("when", rule => $"{rule.Rule.Type} {(rule.Rule.IsRegex ? "~ " : "")}{rule.Rule.Pattern}"),
            ("dockerfile", rule => $"{rule.Rule.Directory.TrimEnd('/')}/{rule.Rule.Dockerfile}"),
            ("versions", rule => string.Join(", ", rule.Rule.Versions)),
            ("platforms", rule => string.Join(", ", rule.Rule.Platforms))
        );

    private static Command Add(Terminal terminal)
    {
        var image = ImageCommands.Name();
        var options = new RuleOptions();
        return new Command("add", "Add a rule")
            .With(image)
            .With(options.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var rule = await call.Client.Send(
                        HttpMethod.Post,
                        $"api/v1/images/{ImageName.Of(call.Get(image)).Path}/rules",
                        JsonContent.Create(options.Read(call), CliJson.Default.RuleInput),
                        CliJson.Default.RuleInfo,
                        cancel
                    );
                    call.Answer(rule, CliJson.Default.RuleInfo, _ => ShowRows(call, [rule]));
                }
            );
    }

    private static Command Remove(Terminal terminal)
    {
        var image = ImageCommands.Name();
        var rule = new Argument<long>("rule") { Description = "The number `rule list` shows" };
        return new Command("delete", "Delete a rule; images it made stay")
            .With(image, rule)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete rule {call.Get(rule)} of {call.Get(image)}?");
                    var path = $"{ImageName.Of(call.Get(image)).Path}/rules/{call.Get(rule)}";
                    await call.Client.Do(HttpMethod.Delete, $"api/v1/images/{path}", null, cancel);
                    call.Terminal.Say($"Rule {call.Get(rule)} is gone.");
                }
            );
    }
}
