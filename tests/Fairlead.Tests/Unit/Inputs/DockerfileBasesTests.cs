using Fairlead.Runner.Inputs;

namespace Fairlead.Tests.Unit.Inputs;

/// <summary>
/// The bases of a Dockerfile are found, or it is said that they cannot be: an image is never reused on a guess.
/// </summary>
public sealed class DockerfileBasesTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("FROM alpine", "alpine")]
    [InlineData("from\talpine:3.19  as\tbase\nRUN x\nFROM base\n", "alpine:3.19")]
    [InlineData(
        "FROM --platform=$BUILDPLATFORM golang:1.22 AS build\nFROM scratch\nCOPY --from=build /a /a",
        "golang:1.22"
    )]
    [InlineData("ARG V=3.19\nFROM alpine:$V", "alpine:3.19")]
    [InlineData("ARG V=\"3.19\"\nARG I=alpine:${V}\nFROM ${I}", "alpine:3.19")]
    [InlineData("ARG V\nFROM alpine:${V:-3.18}", "alpine:3.18")]
    [InlineData("ARG V=1\nFROM alpine:${V:+edge}", "alpine:edge")]
    [InlineData("FROM a\nFROM b AS b2\nCOPY --from=0 / /\nCOPY --from=c:1 / /\nCOPY --from=b2 / /", "a b c:1")]
    [InlineData("FROM a\nRUN --mount=type=bind,from=tools:2,target=/t x", "a tools:2")]
    [InlineData("# syntax=docker/dockerfile:1.7\n# escape=`\nFROM a`\n:1\nRUN dir C:\\\nRUN x", "a:1")]
    [InlineData("FROM a \\\n  # a comment\n\n  AS x\nFROM X", "a")]
    [InlineData("FROM a\nRUN <<EOF\nFROM evil\nEOF\nFROM b", "a b")]
    [InlineData(
        "FROM a\nRUN <<-\"EOF\" cat\n\tFROM evil\n\tEOF\nCOPY <<A <<B /x/\nFROM 1\nA\nFROM 2\nB\nFROM b",
        "a b"
    )]
    [InlineData("FROM localhost:7050/team/base@sha256:0123", "localhost:7050/team/base@sha256:0123")]
    [InlineData("\ufeffFROM a\r\nRUN x\r\n", "a")]
    [InlineData("FROM scratch\nADD x.tar /", "")]
    public void Are_found(string dockerfile, string expected)
    {
        var bases = DockerfileBases.Read(dockerfile, None);
        Assert.Equal(expected, string.Join(' ', bases.Images));
        Assert.True(bases.Certain);
    }

    [Fact]
    public void Build_arguments_win_over_defaults()
    {
        var given = new Dictionary<string, string> { ["V"] = "3.20" };
        Assert.Equal(["alpine:3.20"], DockerfileBases.Read("ARG V=3.19\nFROM alpine:$V", given).Images);
        Assert.False(DockerfileBases.Read("FROM alpine:$V", given).Certain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RUN x")]
    [InlineData("FROM alpine:$NOPE")]
    [InlineData("FROM alpine:${TARGETARCH}")]
    [InlineData("FROM alpine:${V#x}")]
    [InlineData("FROM a b c d")]
    [InlineData("FROM a\nCOPY --from=$X / /")]
    [InlineData("# syntax=example.org/other:1\nFROM a")]
    [InlineData("FROM a\nRUN <<EOF\nnever ended")]
    [InlineData("FROM a\nRUN echo $((1<<EOF))\nFROM b\nEOF")]
    [InlineData("FROM a\nRUN echo \"x <<EOF\"\nFROM b")]
    [InlineData("FROM a\nADD https://host.example/x /x")]
    [InlineData("FROM a\nONBUILD COPY --from=x / /")]
    public void Are_uncertain_rather_than_wrong(string dockerfile) =>
        Assert.False(DockerfileBases.Read(dockerfile, None).Certain);

    [Theory]
    [InlineData("alpine", "docker.io", "library/alpine")]
    [InlineData("me/app:1", "docker.io", "me/app")]
    [InlineData("localhost/app", "localhost", "app")]
    [InlineData("reg.example:5000/a/b:1@sha256:00", "reg.example:5000", "a/b")]
    public void A_reference_names_registry_and_repository(string reference, string registry, string repository) =>
        Assert.Equal(new ImageName(registry, repository), ImageName.Parse(reference));
}
