using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>The verifiers of a chain: the protocol that decides a height says which one checks it (SWITCH-4).</summary>
public sealed class MessageVerifiers(ChainId chain, ISignatureVerifier signatures)
{
    private readonly List<(ConsensusRules Rules, MessageVerifier Verifier)> _made = [];

    /// <param name="rules">Of the height whose messages and certificates are checked.</param>
    public MessageVerifier For(ConsensusRules rules)
    {
        foreach ((ConsensusRules known, MessageVerifier verifier) in _made)
        {
            if (known == rules)
            {
                return verifier;
            }
        }

        MessageVerifier made = new(chain, signatures, rules.Protocol, rules.Work);
        _made.Add((rules, made));
        return made;
    }
}
