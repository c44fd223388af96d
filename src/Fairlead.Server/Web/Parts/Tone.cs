namespace Fairlead.Server.Web.Parts;

/// <summary>What a coloured dot means. A dot never stands without a word.</summary>
public enum Tone
{
    Idle,
    Good,
    Busy,
    Warn,
    Bad,
}
