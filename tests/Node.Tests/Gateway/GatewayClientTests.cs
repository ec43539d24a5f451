using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Tests.Network;
using Xunit;

namespace EnergyNode.Node.Tests.Gateway;

public sealed class GatewayClientTests
{
    [Fact]
    public async Task A_batch_is_final_when_f_plus_one_validators_report_the_same()
    {
        await using FakeNetwork network = new(4);

        BatchFinality final = await network.FinishAsync(1);

        Assert.Equal(new Height(1), final.Height);
        Assert.Equal([new Receipt(LedgerError.None, 0)], final.Receipts);
        Assert.True(final.Latency > TimeSpan.Zero);
    }

    [Fact]
    public async Task One_report_of_four_is_not_enough()
    {
        TaskCompletionSource second = new();
        await using FakeNetwork network = new(4, n =>
        {
            n.Validators[1].OnSubmit = (batch, _) => [new ClientReceipt.Admitted(batch.Hash)];
            n.Validators[2].OnSubmit = (batch, _) => [new ClientReceipt.Admitted(batch.Hash)];
            n.Validators[3].OnSubmit = (batch, _) =>
            {
                second.TrySetResult();
                return [new ClientReceipt.Admitted(batch.Hash)];
            };
        });

        Submission submission = await network.BeginAsync(1);
        await second.Task.WaitAsync(Inbox.Patience);

        // A question is answered after the receipts before it, so by now validator 1's report has been counted.
        await network.Client.AskAsync(0, id => new ClientQuery.Head(id), default);
        Assert.False(submission.Final.IsCompleted);
    }

    [Fact]
    public async Task A_lying_validator_is_outvoted()
    {
        await using FakeNetwork network = new(4, n => n.Validators[0].OnSubmit = (batch, _) =>
            [FakeValidator.Executed(batch, LedgerError.AmountOverflow)]);

        BatchFinality final = await network.FinishAsync(1);

        Assert.Equal(LedgerError.None, final.Receipts[0].Error);
    }

    [Fact]
    public async Task Validators_that_all_contradict_each_other_are_an_error()
    {
        await using FakeNetwork network = new(4, n =>
        {
            for (int i = 0; i < 4; i++)
            {
                int height = i + 10;
                n.Validators[i].OnSubmit = (batch, _) =>
                    [FakeValidator.Executed(batch) with { Height = new Height(height) }];
            }
        });

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => network.FinishAsync(1));
        Assert.Equal("the validators contradict each other about batch 1", error.Message);
    }

    [Theory]
    [InlineData(AdmissionRefusal.QuotaExceeded)]
    [InlineData(AdmissionRefusal.MempoolFull)]
    [InlineData(AdmissionRefusal.NotReady)]
    public async Task A_refusal_for_want_of_room_or_readiness_is_waited_out(AdmissionRefusal reason)
    {
        await using FakeNetwork network = new(4, n =>
        {
            foreach (FakeValidator validator in n.Validators)
            {
                validator.OnSubmit = (batch, before) =>
                    before < 3 ? [new ClientReceipt.Refused(batch.Hash, reason)] : [FakeValidator.Executed(batch)];
            }
        });

        await network.FinishAsync(1);

        Assert.True(network.Validators.Count(validator => validator.Submitted.Count >= 4) >= 2);
    }

    [Theory]
    [InlineData(AdmissionRefusal.UnknownSigner)]
    [InlineData(AdmissionRefusal.BadSignature)]
    [InlineData(AdmissionRefusal.Expired)]
    public async Task A_refusal_for_good_counts_when_f_plus_one_say_it(AdmissionRefusal reason)
    {
        await using FakeNetwork network = new(4, n =>
        {
            foreach (FakeValidator validator in n.Validators)
            {
                validator.OnSubmit = (batch, _) => [new ClientReceipt.Refused(batch.Hash, reason)];
            }
        });

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => network.FinishAsync(1));
        Assert.Equal($"the validators refuse batch 1: {reason}", error.Message);
    }

    [Fact]
    public async Task A_refusal_for_good_by_one_validator_alone_changes_nothing()
    {
        await using FakeNetwork network = new(4, n => n.Validators[0].OnSubmit = (batch, _) =>
            [new ClientReceipt.Refused(batch.Hash, AdmissionRefusal.UnknownSigner)]);
        await network.FinishAsync(1);
    }

    [Fact]
    public async Task A_used_nonce_is_asked_about()
    {
        await using FakeNetwork network = new(4, n =>
        {
            foreach (FakeValidator validator in n.Validators)
            {
                validator.OnSubmit = (batch, _) =>
                    [new ClientReceipt.Refused(batch.Hash, AdmissionRefusal.NonceUnusable)];
                validator.OnQuery = query => new ClientAnswer.Receipts(
                    query.Id,
                    new Height(9),
                    Hash32.Zero,
                    FakeValidator.Executed(FakeNetwork.Batch(1)) with { Height = new Height(7) });
            }
        });

        Assert.Equal(new Height(7), (await network.FinishAsync(1)).Height);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_and_what_is_not_final_goes_out_again_in_order()
    {
        await using FakeNetwork network = new(1, n => n.Validators[0].OnSubmit =
            (batch, _) => [new ClientReceipt.Admitted(batch.Hash)]);
        FakeValidator only = network.Validators[0];
        List<Submission> submissions = [];
        for (long nonce = 1; nonce <= 20; nonce++)
        {
            submissions.Add(await network.BeginAsync(nonce));
        }

        await only.StopAsync();
        only.Submitted.Clear();
        only.OnSubmit = (batch, _) => [FakeValidator.Executed(batch)];
        only.Start();
        await Task.WhenAll(submissions.Select(submission => submission.Final)).WaitAsync(Inbox.Patience);

        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), only.Submitted.Select(batch => batch.Nonce));
    }

    [Fact]
    public async Task A_silent_validator_gets_the_batch_again()
    {
        await using FakeNetwork network = new(
            1,
            n => n.Validators[0].OnSubmit = (batch, before) => before == 0 ? [] : [FakeValidator.Executed(batch)],
            options => options with { ResendAfter = TimeSpan.FromMilliseconds(30) });
        await network.FinishAsync(1);
    }

    [Fact]
    public async Task An_admitted_batch_without_news_is_asked_about()
    {
        await using FakeNetwork network = new(
            1,
            n =>
            {
                n.Validators[0].OnSubmit = (batch, _) => [new ClientReceipt.Admitted(batch.Hash)];
                n.Validators[0].OnQuery = query => new ClientAnswer.Receipts(
                    query.Id, new Height(1), Hash32.Zero, FakeValidator.Executed(FakeNetwork.Batch(1)));
            },
            options => options with { AskAfter = TimeSpan.FromMilliseconds(30) });
        await network.FinishAsync(1);
    }

    [Fact]
    public async Task A_killed_validator_does_not_hold_the_others_up()
    {
        await using FakeNetwork network = new(4);
        await network.FinishAsync(1);
        await network.Validators[2].StopAsync();
        for (long nonce = 2; nonce <= 50; nonce++)
        {
            await network.FinishAsync(nonce);
        }
    }

    [Fact]
    public async Task A_rejected_command_is_an_error_that_says_what_and_where()
    {
        await using FakeNetwork network = new(1, n => n.Validators[0].OnSubmit = (batch, _) =>
            [FakeValidator.Executed(batch, LedgerError.EpochNotOpen)]);

        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => network.FinishAsync(3));

        Assert.Equal(
            "command 1 of batch 3 (close of epoch 3) was rejected in block 3: EpochNotOpen", error.Message);
    }

    [Fact]
    public async Task A_batch_that_was_passed_over_is_an_error()
    {
        await using FakeNetwork network = new(1, n => n.Validators[0].OnSubmit = (batch, _) =>
            [new ClientReceipt.Final(batch.Hash, new Height(5), BatchStatus.Expired, null)]);
        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => network.FinishAsync(3));
        Assert.Equal("batch 3 was passed over in block 5: Expired", error.Message);
    }

    [Fact]
    public async Task When_nothing_becomes_final_the_gateway_gives_up_and_says_how_the_links_are()
    {
        await using FakeNetwork network = new(
            1,
            n => n.Validators[0].OnSubmit = (batch, _) => [new ClientReceipt.Admitted(batch.Hash)],
            options => options with { StallTimeout = TimeSpan.FromMilliseconds(200) });
        GatewayException error = await Assert.ThrowsAsync<GatewayException>(() => network.FinishAsync(1));
        Assert.StartsWith("nothing became final for", error.Message, StringComparison.Ordinal);
        Assert.Contains("validator-1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_batches_are_in_flight_than_allowed()
    {
        await using FakeNetwork network = new(
            1,
            n => n.Validators[0].OnSubmit = (batch, _) => [new ClientReceipt.Admitted(batch.Hash)],
            options => options with { MaxInFlight = 2, AskAfter = TimeSpan.FromMilliseconds(50) });
        await network.BeginAsync(1);
        await network.BeginAsync(2);

        Task<Submission> third = network.Client.BeginAsync(FakeNetwork.Batch(3), default);
        Assert.False(third.IsCompleted);
        network.Validators[0].OnQuery = query => query is ClientQuery.Receipts asked
            && asked.Batch == FakeNetwork.Batch(1).Hash
            ? new ClientAnswer.Receipts(
                query.Id, new Height(1), Hash32.Zero, FakeValidator.Executed(FakeNetwork.Batch(1)))
            : null;

        await third.WaitAsync(Inbox.Patience);
    }
}
