namespace Fairlead.Core.Connections;

/// <summary>Who may use a connection.</summary>
public enum ScopeOfUse
{
    /// <summary>Its owner.</summary>
    Private,

    /// <summary>Everyone who signs in.</summary>
    Public,

    /// <summary>The people and groups named.</summary>
    Custom,
}
