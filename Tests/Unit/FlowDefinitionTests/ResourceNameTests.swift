import FlowDefinition
import Testing

struct ResourceNameTests {
    let topic = "acs:mns:::/topics/generateInfo-fnf-demo-jiyuan/messages"
    let function =
        "acs:fc:cn-hangzhou:your_account_id:services/FNFDemo-jiyuan.LATEST/functions/weixin-fnf-demo"

    @Test func `a resource name has five parts, of which two may be empty`() throws {
        let name = try ResourceName(function)
        #expect(name.service == "fc" && name.region == "cn-hangzhou" && name.account == "your_account_id")
        #expect(name.resource == "services/FNFDemo-jiyuan.LATEST/functions/weixin-fnf-demo")
        #expect(try ResourceName(topic).region == "")
        #expect(try ResourceName("acs:fnf:::flow/a:b").resource == "flow/a:b")
        #expect(try ResourceName(topic).description == topic)
    }

    @Test(arguments: ["", "acs:mns", "arn:mns:::x", "acs::::x", "acs:mns:::", "acs:m s:::x", "acs:mns:::a b"])
    func `this is no resource name`(text: String) {
        #expect(throws: ResourceNameFault.self) { try ResourceName(text) }
    }

    @Test func `a star stands for any text within its part`() throws {
        let name = try ResourceName(function)
        for pattern in [
            "acs:fc:*:*:services/FNFDemo-jiyuan*/functions/weixin-fnf-demo", "acs:fc:*:*:*", function,
            "acs:*:*:*:*", "acs:fc:cn-*:*:services/S*/../*",
        ] {
            #expect(try ResourcePattern(pattern).matches(name) == !pattern.contains("S*"), "\(pattern)")
        }
        #expect(try ResourcePattern("acs:mns:*:*:/topics/*/messages").matches(try ResourceName(topic)))
        #expect(try !ResourcePattern("acs:mns:*:/topics/generateInfo:x").matches(try ResourceName(topic)))
    }

    @Test func `many stars do not take forever`() throws {
        let pattern = try ResourcePattern("acs:fc:::" + String(repeating: "a*", count: 100) + "b")
        #expect(!pattern.matches(try ResourceName("acs:fc:::" + String(repeating: "a", count: 900))))
    }

    @Test func `the most specific pattern comes first`() throws {
        let patterns = try [
            "acs:*:*:*:*", "acs:fc:*:*:services/S/functions/*", "acs:fc:*:*:services/S/functions/F",
            "acs:fc:*:*:*",
        ].map(ResourcePattern.init).sorted(by: ResourcePattern.isMoreSpecific)
        #expect(
            patterns.map(\.text) == [
                "acs:fc:*:*:services/S/functions/F", "acs:fc:*:*:services/S/functions/*", "acs:fc:*:*:*",
                "acs:*:*:*:*",
            ])
    }

    @Test func `the nearest patterns are offered`() throws {
        let patterns = try ["acs:mns:*:*:/topics/generateInfo-fnf-demo-jiyuan/messages", "acs:fc:*:*:x"]
            .map(ResourcePattern.init)
        #expect(
            try ResourceName("acs:mns:::/topics/generateInfo-fnf-demo-jiuan/messages").nearest(in: patterns)
                == ["acs:mns:*:*:/topics/generateInfo-fnf-demo-jiyuan/messages"])
    }
}
