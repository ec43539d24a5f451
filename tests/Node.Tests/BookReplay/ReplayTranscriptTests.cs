using System.Linq;
using EnergyNode.Node.BookReplay;
using Xunit;

namespace EnergyNode.Node.Tests.BookReplay;

public sealed class ReplayTranscriptTests
{
    [Fact]
    public void Orders_trade_rest_and_are_shown_in_priority_order() => ReplayTranscript.AssertPlays(
        """
        > {"op":"add","id":1,"account":1,"side":"buy","price":1250,"qty":100,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":2,"account":2,"side":"buy","price":1251,"qty":10,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":3,"account":3,"side":"sell","price":1250,"qty":30,"tif":"ioc","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"trade","taker":3,"maker":2,"price":1251,"qty":10},
          {"ev":"trade","taker":3,"maker":1,"price":1250,"qty":20}]}
        > {"op":"add","id":4,"account":4,"side":"sell","price":-7,"qty":100,"tif":"ioc","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"trade","taker":4,"maker":1,"price":1250,"qty":80},
          {"ev":"cancelled","id":4,"remaining":20}]}
        > {"op":"add","id":5,"side":"sell","price":9,"qty":1}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":6,"side":"sell","price":8,"qty":2}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":7,"side":"sell","price":9,"qty":3}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":8,"side":"buy","price":-1,"qty":4}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"book"}
        {"bids":[[8,-1,4]],"asks":[[6,8,2],[5,9,1],[7,9,3]]}
        > {"op":"cancel","id":5}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":5,"remaining":1}]}
        > {"op":"cancel","id":5}
        {"result":"rejected","reason":"order-not-found","events":[]}
        > {"op":"reset"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"book"}
        {"bids":[],"asks":[]}
        """);

    [Fact]
    public void Market_fill_or_kill_and_post_only_orders() => ReplayTranscript.AssertPlays(
        """
        > {"op":"add","id":1,"account":1,"side":"sell","price":10,"qty":5,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":2,"account":2,"side":"buy","price":10,"qty":6,"tif":"fok","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":2,"remaining":6}]}
        > {"op":"add","id":3,"account":2,"side":"buy","price":10,"qty":1,"tif":"post","stp":"none"}
        {"result":"rejected","reason":"would-trade","events":[]}
        > {"op":"add","id":3,"account":2,"side":"buy","price":9,"qty":1,"tif":"post","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"replace","id":3,"price":10,"qty":1}
        {"result":"rejected","reason":"would-trade","events":[]}
        > {"op":"add","id":4,"account":3,"side":"sell","price":null,"qty":9,"tif":"fok","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":4,"remaining":9}]}
        > {"op":"add","id":4,"account":3,"side":"buy","price":null,"qty":9,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"trade","taker":4,"maker":1,"price":10,"qty":5},
          {"ev":"cancelled","id":4,"remaining":4}]}
        > {"op":"add","id":5,"account":3,"side":"buy","price":null,"qty":9,"tif":"ioc","stp":"none"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":5,"remaining":9}]}
        > {"op":"add","id":6,"account":3,"side":"buy","price":null,"qty":9,"tif":"post","stp":"none"}
        {"result":"rejected","reason":"invalid-terms","events":[]}
        > {"op":"book"}
        {"bids":[[3,9,1]],"asks":[]}
        """);

    [Fact]
    public void Replacing_keeps_the_place_for_less_of_the_same_price_only() => ReplayTranscript.AssertPlays(
        """
        > {"op":"add","id":1,"account":1,"side":"buy","price":1250,"qty":100,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":2,"account":2,"side":"buy","price":1250,"qty":100,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"replace","id":1,"price":1250,"qty":80}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"book"}
        {"bids":[[1,1250,80],[2,1250,100]],"asks":[]}
        > {"op":"replace","id":1,"price":1250,"qty":81}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"book"}
        {"bids":[[2,1250,100],[1,1250,81]],"asks":[]}
        > {"op":"replace","id":2,"price":1250,"qty":0}
        {"result":"rejected","reason":"invalid-qty","events":[]}
        > {"op":"replace","id":2,"price":null,"qty":1}
        {"result":"rejected","reason":"invalid-price","events":[]}
        > {"op":"replace","id":3,"price":1,"qty":1}
        {"result":"rejected","reason":"order-not-found","events":[]}
        > {"op":"add","id":3,"account":3,"side":"sell","price":1252,"qty":10,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"replace","id":2,"price":1253,"qty":30}
        {"result":"ok","reason":null,"events":[
          {"ev":"trade","taker":2,"maker":3,"price":1252,"qty":10}]}
        > {"op":"book"}
        {"bids":[[2,1253,20],[1,1250,81]],"asks":[]}
        """);

    [Fact]
    public void Each_mode_of_self_trade_prevention() => ReplayTranscript.AssertPlays(
        """
        > {"op":"add","id":1,"account":7,"side":"sell","price":10,"qty":5,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":2,"account":8,"side":"sell","price":10,"qty":5,"tif":"gtc","stp":"none"}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":3,"account":7,"side":"buy","price":10,"qty":6,"tif":"fok","stp":"maker"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":3,"remaining":6}]}
        > {"op":"add","id":4,"account":7,"side":"buy","price":10,"qty":1,"tif":"gtc","stp":"taker"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":4,"remaining":1}]}
        > {"op":"add","id":5,"account":7,"side":"buy","price":10,"qty":3,"tif":"gtc","stp":"maker"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":1,"remaining":5},
          {"ev":"trade","taker":5,"maker":2,"price":10,"qty":3}]}
        > {"op":"add","id":6,"account":8,"side":"buy","price":10,"qty":9,"tif":"gtc","stp":"both"}
        {"result":"ok","reason":null,"events":[
          {"ev":"cancelled","id":2,"remaining":2},
          {"ev":"cancelled","id":6,"remaining":9}]}
        > {"op":"book"}
        {"bids":[],"asks":[]}
        """);

    [Fact]
    public void A_wrong_line_is_rejected_by_name_and_the_file_goes_on() => ReplayTranscript.AssertPlays(
        """
        >
        {"result":"rejected","reason":"malformed","events":[]}
        > [1]
        {"result":"rejected","reason":"malformed","events":[]}
        > {"op":"add"
        {"result":"rejected","reason":"malformed","events":[]}
        > {"op":"book"} {"op":"book"}
        {"result":"rejected","reason":"malformed","events":[]}
        > {"op":"book","\ud800":1}
        {"result":"rejected","reason":"malformed","events":[]}
        > {}
        {"result":"rejected","reason":"missing-op","events":[]}
        > {"op":"burn","id":1}
        {"result":"rejected","reason":"unknown-op","events":[]}
        > {"op":{"op":"book"}}
        {"result":"rejected","reason":"invalid-op","events":[]}
        > {"op":"cancel"}
        {"result":"rejected","reason":"missing-id","events":[]}
        > {"op":"add","id":1,"price":5,"qty":1}
        {"result":"rejected","reason":"missing-side","events":[]}
        > {"op":"add","id":1,"side":"buy","qty":1}
        {"result":"rejected","reason":"missing-price","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5}
        {"result":"rejected","reason":"missing-qty","events":[]}
        > {"op":"add","id":"1","side":"buy","price":5,"qty":1}
        {"result":"rejected","reason":"invalid-id","events":[]}
        > {"op":"add","id":0,"side":"buy","price":5,"qty":1}
        {"result":"rejected","reason":"invalid-id","events":[]}
        > {"op":"add","id":1,"id":2,"side":"buy","price":5,"qty":1}
        {"result":"rejected","reason":"invalid-id","events":[]}
        > {"op":"add","id":1,"account":3000000000,"side":"buy","price":5,"qty":1}
        {"result":"rejected","reason":"invalid-account","events":[]}
        > {"op":"add","id":1,"side":"BUY","price":5,"qty":1}
        {"result":"rejected","reason":"invalid-side","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5.5,"qty":1}
        {"result":"rejected","reason":"invalid-price","events":[]}
        > {"op":"add","id":1,"side":"buy","price":1000000000001,"qty":1}
        {"result":"rejected","reason":"invalid-price","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5,"qty":99999999999999999999}
        {"result":"rejected","reason":"invalid-qty","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5,"qty":1,"tif":"day"}
        {"result":"rejected","reason":"invalid-tif","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5,"qty":1,"stp":null}
        {"result":"rejected","reason":"invalid-stp","events":[]}
        > {"op":"add","id":1,"side":"buy","price":5,"qty":1,"note":{"any":["thing"]}}
        {"result":"ok","reason":null,"events":[]}
        > {"op":"add","id":1,"side":"buy","price":5,"qty":1}
        {"result":"rejected","reason":"duplicate-id","events":[]}
        > {"op":"book"}
        {"bids":[[1,5,1]],"asks":[]}
        """);

    [Theory]
    [InlineData(ReplayLimits.MaxLineBytes, "{\"bids\":[],\"asks\":[]}")]
    [InlineData(ReplayLimits.MaxLineBytes + 1, "{\"result\":\"rejected\",\"reason\":\"line-too-long\",\"events\":[]}")]
    [InlineData(ReplayLimits.MaxLineBytes * 9, "{\"result\":\"rejected\",\"reason\":\"line-too-long\",\"events\":[]}")]
    public void A_line_has_a_greatest_length(int length, string answer)
    {
        string line = "{\"op\":\"book\"}".PadRight(length);
        const string next = "{\"bids\":[],\"asks\":[]}";
        Assert.Equal([answer, next, answer], ReplayTranscript.Play($"{line}\n{{\"op\":\"book\"}}\n{line}"));
        Assert.Equal([answer, next], ReplayTranscript.Play($"{line}\n{{\"op\":\"book\"}}\n"));
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_are_no_part_of_a_line()
    {
        const string empty = "{\"bids\":[],\"asks\":[]}";
        Assert.Equal([empty, empty], ReplayTranscript.Play("\uFEFF{\"op\":\"book\"}\r\n{\"op\":\"book\"}\r\n"));
        Assert.Empty(ReplayTranscript.Play(""));
    }

    [Fact]
    public void A_long_book_is_written_whole()
    {
        string adds = string.Join(
            '\n',
            Enumerable.Range(1, 20_000).Select(
                id => $$"""{"op":"add","id":{{id}},"side":"buy","price":{{id}},"qty":1}"""));
        string book = ReplayTranscript.Play(adds + "\n{\"op\":\"book\"}")[^1];
        string orders = string.Join(',', Enumerable.Range(1, 20_000).Reverse().Select(id => $"[{id},{id},1]"));
        Assert.Equal($"{{\"bids\":[{orders}],\"asks\":[]}}", book);
    }
}
