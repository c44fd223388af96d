using Fairlead.Core.Builds;

namespace Fairlead.Tests.Unit.Rules;

public sealed class InputKeyTests
{
    private static readonly BuildPlan Plan = new(
        "/",
        "Dockerfile",
        ["latest"],
        new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" },
        ["linux/amd64", "linux/arm64"],
        false,
        60
    );

    [Fact]
    public void Order_of_arguments_and_platforms_and_names_of_tags_do_not_matter()
    {
        var same = Plan with
        {
            Versions = ["other"],
            Arguments = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" },
            Platforms = ["linux/arm64", "linux/amd64"],
        };
        Assert.Equal(Key(Plan), Key(same));
    }

    [Fact]
    public void Everything_that_decides_the_image_changes_the_key()
    {
        string[] keys =
        [
            Key(Plan),
            InputKey.Of("tree2", "d", ["sha256:1"], Plan),
            InputKey.Of("tree", "e", ["sha256:1"], Plan),
            InputKey.Of("tree", "d", ["sha256:2"], Plan),
            InputKey.Of("tree", "d", ["sha256:1", "sha256:1"], Plan),
            Key(Plan with { Directory = "/a" }),
            Key(Plan with { Dockerfile = "b" }),
            Key(Plan with { Platforms = ["linux/amd64"] }),
            Key(Plan with { Arguments = new Dictionary<string, string> { ["A"] = "1" } }),
            Key(
                Plan with
                {
                    Arguments = new Dictionary<string, string> { ["A"] = "1", ["B"] = "3" },
                }
            ),
            Key(Plan with { Arguments = new Dictionary<string, string> { ["A"] = "1\nargument B 1 2" } }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static string Key(BuildPlan plan) => InputKey.Of("tree", "d", ["sha256:1"], plan);
}
