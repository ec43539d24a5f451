using System;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// A journal cannot be opened or created: it is in use, missing, somebody else's, or of another version. The message is
/// one line and says what to do where there is something to do.
/// </summary>
public sealed class JournalOpenException(string message, Exception? inner = null) : Exception(message, inner);
