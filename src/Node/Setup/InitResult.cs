using System.Collections.Generic;

namespace EnergyNode.Node.Setup;

/// <summary>What <see cref="InitCommand"/> made.</summary>
/// <param name="KeyFiles">The accounts' keys, named as the accounts are.</param>
/// <param name="Text">For a terminal: what was made and what to run next; ends with a new line.</param>
public sealed record InitResult(CreatedNetwork Network, IReadOnlyList<string> KeyFiles, string Text);
