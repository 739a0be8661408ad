import HTTPMessage
import RequestSigning

/// Requests as the published libraries sent them with the key `testid` and the secret `testsecret`.
enum Captured {
    static let secret = "testsecret"

    static func request(
        _ line: String, _ headers: [(String, String)] = [], body: String = ""
    ) -> WebRequest {
        let words = line.split(separator: " ").map(String.init)
        let target = words[1].split(separator: "?", maxSplits: 1).map(String.init)
        return WebRequest(
            WebHead(
                method: words[0], path: target[0], query: target.count > 1 ? target[1] : nil,
                headers: HeaderList(headers)),
            body: Array(body.utf8))
    }

    static func form(_ line: String, body: String) -> WebRequest {
        request(line, [("Content-Type", "application/x-www-form-urlencoded")], body: body)
    }

    /// Both libraries of the workflow service, version 1.
    static let rpc: [WebRequest] = [
        createFlow, reportInQuery, teaPost,
        request(
            "GET /?Action=DescribeFlow&Format=json&Version=2019-03-15&Timestamp=2026-11-23T15%3A49%3A52Z"
                + "&SignatureNonce=4a0db76fe082b34069d467436e1ee773&Name=demo&SignatureMethod=HMAC-SHA1"
                + "&SignatureVersion=1.0&AccessKeyId=testid&Signature=fHntssX2n56C%2Fbly2%2BSLFfOB0Cw%3D"),
        form(
            "POST /?Version=2019-03-15&Action=StartExecution&Format=JSON&RegionId=cn-hangzhou"
                + "&Timestamp=2026-11-23T15%3A49%3A52Z&SignatureMethod=HMAC-SHA1&SignatureType="
                + "&SignatureVersion=1.0&SignatureNonce=42dab254e2c6357a6bbb0a7084e3ffde"
                + "&AccessKeyId=testid&Signature=85ptku1PPo3no9c53FNXo0GjCxc%3D",
            body: "FlowName=demo&ExecutionName=e1&Input=%7B%22k%22%3A+%22v+%2B%22%7D"),
        request(
            "GET /?FlowName=demo&ExecutionName=e1&WaitTimeSeconds=5&Version=2019-03-15"
                + "&Action=DescribeExecution&Format=JSON&RegionId=cn-hangzhou"
                + "&Timestamp=2026-11-23T15%3A49%3A52Z&SignatureMethod=HMAC-SHA1&SignatureType="
                + "&SignatureVersion=1.0&SignatureNonce=4a4a3301eba048e0ab0fcf6573603b49"
                + "&AccessKeyId=testid&Signature=fHUJeX6LVEXiHM5Ezv5LucHnJPk%3D"),
        form(
            "POST /?Version=2019-03-15&Action=CreateSchedule&Format=JSON&RegionId=cn-hangzhou"
                + "&Timestamp=2026-11-23T15%3A49%3A52Z&SignatureMethod=HMAC-SHA1&SignatureType="
                + "&SignatureVersion=1.0&SignatureNonce=61cd0760db73bd70db2b87a95f1eb1fd"
                + "&AccessKeyId=testid&Signature=9BahJ1AzmdYQD6WJIF2ygvaGToY%3D",
            body: "FlowName=demo&ScheduleName=s&CronExpression=%40every+60m&Enable=True"),
    ]

    static let createFlow = form(
        "POST /?Version=2019-03-15&Action=CreateFlow&Format=JSON&RegionId=cn-hangzhou"
            + "&Timestamp=2026-11-23T15%3A49%3A52Z&SignatureMethod=HMAC-SHA1&SignatureType="
            + "&SignatureVersion=1.0&SignatureNonce=fd05a3c14f83eadd8ebf322e68faeaa0&AccessKeyId=testid"
            + "&Signature=sDzCypjb1UT4Bz29UnDCJ3BjdSs%3D",
        body: "Name=demo&Definition=type%3A+flow%0Aversion%3A+v1%0Asteps%3A%0A++-+type%3A+pass%0A++++name"
            + "%3A+a%0A&Description=%E4%BD%A0%E5%A5%BD+a%2Bb+~%2A%27&Type=FDL")

    static let reportInQuery = form(
        "POST /?TaskToken=djEjYQ%2B%2F%3D%3D&Version=2019-03-15&Action=ReportTaskSucceeded&Format=JSON"
            + "&RegionId=cn-hangzhou&Timestamp=2026-11-23T15%3A49%3A52Z&SignatureMethod=HMAC-SHA1"
            + "&SignatureType=&SignatureVersion=1.0&SignatureNonce=f98494de16035f39a03122963f37f2a4"
            + "&AccessKeyId=testid&Signature=sUP%2BaIJGzIX2LtXLVJCXJL6WdKk%3D",
        body: "Output=%7B%22a%22%3A+1%7D")

    static let teaPost = form(
        "POST /?Action=StartExecution&Format=json&Version=2019-03-15&Timestamp=2026-11-23T15%3A49%3A52Z"
            + "&SignatureNonce=346ece1451bc579cac8f451883af1b75&SignatureMethod=HMAC-SHA1"
            + "&SignatureVersion=1.0&AccessKeyId=testid&Signature=oRvXbivZ8raL60AmIsy5aEYssa4%3D",
        body: "ExecutionName=e2&FlowName=demo&Input=%7B%22k%22%3A+%22v+%2B%22%7D")
}

extension Captured {
    /// Version 3: with a form, with a query and a form, without a body.
    static let acs3: [WebRequest] = [acs3Post, acs3Query, acs3Get]

    static let acs3Post = acs3Request(
        "POST /", action: "StartExecution", nonce: "a81829b83b7c84f4d37c6f31a3d0e0b6",
        hash: "6bad511925eaaffc0fe811d8465c1c25efec040219702e95a94e28b798ab3c57",
        signature: "85a996300953eaf4ef60073399066299a110e9b2d68c27fba3b7cd42436f9c1b",
        body: "ExecutionName=e3&FlowName=demo&Input=%7B%22k%22%3A+%22v+%2B%22%7D")

    static let acs3Query = acs3Request(
        "POST /?TaskToken=djEjYQ%2B%2F%3D%3D+x", action: "ReportTaskSucceeded",
        nonce: "7492797ec03420e26d55ac5bd18d0c39",
        hash: "eb2ec7c512c1066524fd62eebbbcd4bdcdb6d11538d1481b8dd5b8f81d4bcfcc",
        signature: "b659e32be20f6591f5efff86a411fcc8500f18f3c03d7189ca3fa5253e04dd0c",
        body: "Output=%7B%22a%22%3A+1%7D")

    static let acs3Get = acs3Request(
        "GET /?Name=nope", action: "DescribeFlow", nonce: "768781157b8414435c233c97b1990cfa",
        hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        signature: "d019822e7716d86b1f1b1b9f3cff4446d428afacaf001f2610cfbe74d136aa6e", body: nil)

    private static func acs3Request(
        _ line: String, action: String, nonce: String, hash: String, signature: String, body: String?
    ) -> WebRequest {
        let type = body == nil ? "" : "content-type;"
        var headers = [
            ("Accept-Encoding", "identity"), ("host", "127.0.0.1:8080"), ("x-acs-version", "2019-03-15"),
            ("x-acs-action", action),
            ("user-agent", "AlibabaCloud (Linux; x86_64) Python/3.11.7 Core/0.4.3 TeaDSL/2"),
            ("x-acs-date", "2026-11-23T15:49:52Z"), ("x-acs-signature-nonce", nonce),
            ("accept", "application/json"), ("x-acs-content-sha256", hash),
            ("x-acs-credentials-provider", "static_ak"),
            (
                "Authorization",
                "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=accept;\(type)host;user-agent;x-acs-action;"
                    + "x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;"
                    + "x-acs-version,Signature=\(signature)"
            ),
        ]
        if body != nil { headers.append(("content-type", "application/x-www-form-urlencoded")) }
        return request(line, headers, body: body ?? "")
    }

    /// The message service's: line, Content-MD5 where there is a body, date, signature.
    static let messages: [WebHead] = [
        createQueue,
        message(
            "POST /queues/payment-queue-fnf-demo/messages", "ZTYyOGUyZDk3ODQ2ODM1ZmE2OTE1ODdhNzdmMDA2NDQ=",
            52, "4ZTzoNBbgEMuKj3qH6FD1zfF/pc="),
        receive,
        message(
            "DELETE /queues/payment-queue-fnf-demo/messages"
                + "?ReceiptHandle=8-61ca37d0086e42ba84d53245c0e8093a", nil, 52,
            "U91HMBdRwLQyp0uXuRJNHZaxVAs="),
        message(
            "GET /queues/payment-queue-fnf-demo/messages?waitseconds=1", nil, 52,
            "7RzA4csxoy4eMETBmEarjCsfqsQ="),
        message(
            "PUT /topics/payment-fnf-demo-jiyuan/subscriptions/s1",
            "NzhjODlhMDY4M2QyNTY1Y2JkMGY2MTA1ZDVmY2YwMDI=", 53, "mqTlEsqLX671+caDrXbpUoHtu1Y="),
        message(
            "POST /topics/payment-fnf-demo-jiyuan/messages", "ZmI1YmJhNzBkMzg2OTRmZGNjOTc1NWUyY2M0MjM2MTE=",
            53, "VI1KKFkYWlQ9dzvRHJicdSN09QA="),
    ]

    static let createQueue = message(
        "PUT /queues/payment-queue-fnf-demo", "YTgxYzcyZWE1YWNiNWI3MDg3ZmI5YmM3ZmEyNmJjYjU=", 52,
        "IQlIOf1ybPBLEGE5RIMtyNWPSa4=")

    static let receive = message(
        "GET /queues/payment-queue-fnf-demo/messages?waitseconds=30", nil, 52, "Yfn2qVD6Yax+qqX4+zGclHnf9uw=")

    private static func message(_ line: String, _ md5: String?, _ second: Int, _ signature: String) -> WebHead
    {
        var headers = [("Accept-Encoding", "identity"), ("Connection", "Keep-Alive")]
        if let md5 { headers += [("content-md5", md5), ("content-type", "text/xml;charset=UTF-8")] }
        headers += [
            ("x-mns-version", "2015-06-06"), ("host", "127.0.0.1:8080"),
            ("date", "Mon, 23 Nov 2026 15:49:\(second) GMT"), ("Authorization", "MNS testid:\(signature)"),
        ]
        return request(line, headers).head
    }
}
