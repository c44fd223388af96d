using System.CommandLine;
using System.Net.Http.Json;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>Build rules: which pushes become which tags.</summary>
internal static class RuleCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("rule", "Build rules of an image repository").With(
            List(terminal),
            Add(terminal),
            Set(terminal),
            Remove(terminal)
        );

    private static string At(Invocation call, Argument<string> image) =>
        $"api/v1/images/{ImageName.Of(call.Get(image)).Path}/rules";

    private static Command List(Terminal terminal)
    {
        var image = ImageCommands.Name();
        return ListCommand.Create(
            terminal,
            new Command("list", "List the rules of an image repository").With(image),
            call => At(call, image),
            CliJson.Default.PageRuleInfo,
            [],
            _ => Columns
        );
    }

    private static readonly (string, Func<RuleInfo, string?>)[] Columns =
    [
        ("rule", rule => rule.Id.ToString()),
        ("when", rule => $"{When(rule.Rule.Type)} {(rule.Rule.IsRegex ? "~ " : "")}{rule.Rule.Pattern}"),
        ("dockerfile", rule => $"{rule.Rule.Directory.TrimEnd('/')}/{rule.Rule.Dockerfile}"),
        ("versions", rule => string.Join(", ", rule.Rule.Versions)),
        ("platforms", rule => string.Join(", ", rule.Rule.Platforms)),
        ("paths", rule => string.Join(", ", rule.Rule.Paths)),
    ];

    private static string When(string type) => type == "request" ? "request to" : type;

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
                        At(call, image),
                        JsonContent.Create(
                            options.Read(call, new RuleInput { Pattern = "" }),
                            CliJson.Default.RuleInput
                        ),
                        CliJson.Default.RuleInfo,
                        cancel
                    );
                    call.Answer(rule, CliJson.Default.RuleInfo, _ => call.Terminal.Show([rule], Columns));
                }
            );
    }

    private static Command Set(Terminal terminal)
    {
        var image = ImageCommands.Name();
        var number = Number();
        var options = new RuleOptions();
        return new Command("set", "Change a rule; what is not said stays")
            .With(image, number)
            .With(options.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"{At(call, image)}/{call.Get(number)}";
                    var now = await call.Client.Get(path, CliJson.Default.RuleInfo, cancel);
                    var rule = await call.Send(
                        HttpMethod.Put,
                        path,
                        options.Read(call, now.Rule),
                        CliJson.Default.RuleInput,
                        CliJson.Default.RuleInfo,
                        cancel
                    );
                    call.Answer(rule, CliJson.Default.RuleInfo, _ => call.Terminal.Show([rule], Columns));
                }
            );
    }

    private static Argument<long> Number() => new("rule") { Description = "The number `rule list` shows" };

    private static Command Remove(Terminal terminal)
    {
        var image = ImageCommands.Name();
        var rule = Number();
        return new Command("delete", "Delete a rule; images it made stay")
            .With(image, rule)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete rule {call.Get(rule)} of {call.Get(image)}?");
                    await call.Client.Do(HttpMethod.Delete, $"{At(call, image)}/{call.Get(rule)}", null, cancel);
                    call.Terminal.Say($"Rule {call.Get(rule)} is gone.");
                }
            );
    }
}
