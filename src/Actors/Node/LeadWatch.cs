using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Whether this node leads: makes the next block, because it is its turn and nobody else's. Pure.</summary>
internal sealed class LeadWatch(PublicKey self)
{
    /// <summary>Never under PoW, where all make blocks all the time.</summary>
    public bool Leads { get; private set; }

    /// <returns>Whether it has changed.</returns>
    public bool Note(IConsensus machine, ChainHead head)
    {
        bool led = Leads;
        ValidatorSet set = head.Validators;
        int leader = machine.Status.Leader.Value;
        Leads = head.Rules.Protocol != ConsensusProtocol.Pow && leader < set.Count
            && set[new ValidatorIndex(leader)].Key == self;
        return Leads != led;
    }
}
