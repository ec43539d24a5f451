using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Signs what this node's machine wants to say. What it returns may be sent and looped back.</summary>
public sealed class MessageSigner(ChainId chain, ISigner signer)
{
    /// <param name="message">From this node's own machine, so its content needs no check.</param>
    /// <param name="sender">This node's position in the validator set.</param>
    public Verified<SignedMessage> Sign(ConsensusMessage message, ValidatorIndex sender)
    {
        byte[] statement = Statement.Of(message);
        Signature signature = signer.Sign(Statement.SignedBytes(chain, statement));
        return new Verified<SignedMessage>(new SignedMessage(sender, statement, signature, message));
    }
}
