/// The kinds of log entry that the message catalog (units/fnf.catalog) explains to `journalctl -x`.
///
/// A log statement names its kind by the metadata key `messageID` and the case's name or number, e.g.
/// `["messageID": "executionFailed"]`: the service libraries do not import this room. `Fields` are the
/// metadata keys that the catalog's text fills in. The numbers were made once by `systemd-id128 new` and
/// never change.
package enum MessageID: String, CaseIterable, Sendable {
    /// Adopted its sockets, recovered and serves.
    case serviceReady = "67065d35140f43f7a83f63799591abd7"
    /// Drains and exits.
    case serviceStopping = "f61b860ea2fa4936afff8006b2faa9d9"
    /// Fields: execution, flow.
    case executionStarted = "19cde1f343094454aeff8469621e7bd3"
    /// Fields: execution, flow.
    case executionSucceeded = "21c488467d504ae78faa72cfcc67c406"
    /// Fields: execution, flow, step, error.
    case executionFailed = "f511be3fa4b14aa490be5dc3e9192575"
    /// Fields: execution, flow, error.
    case executionStopped = "5652d64edadd4a6da17caa8c3eb825a0"
    /// Fields: execution, flow.
    case executionTimedOut = "3b5e341d3f4a47498c5e5eb8c3ac9e05"
    /// A service does not take its task; it is tried again.
    /// Fields: execution, flow, step, resource, attempt, error.
    case taskUndeliverable = "bfdbc203bb044ceda75c3f2436208107"
    /// Fields: execution, flow, step.
    case taskTimedOut = "0a3fcd204ec04c19926465b9602c2c30"
    /// No binding matches the ARN. Fields: flow, step, resource.
    case unboundResource = "789e27da3b9d445ab25001dfc115976b"
    /// A schedule is due and its execution can't be started now. Fields: schedule, flow, error.
    case scheduleTrouble = "e450be503bee4133a283c147438b7803"
    /// A message of a topic is given up for a subscription. Fields: topic, subscription, error.
    case pushDropped = "985287f724344124a783ecb0197ad523"
    /// Who carries the messages of a subscription can't be reached; they are tried again.
    /// Fields: topic, subscription, error.
    case pushUndeliverable = "70ec5d49d89f45a3b65310bfa5a6918c"
    /// Fields: order.
    case orderSubmitted = "d9909fc84ad3467d973104ddde0e7a3f"
    /// Completed, canceled or failed. Fields: order, status.
    case orderClosed = "9cb3ce87da59478a900533a2b84c00b5"
    /// Fields: order, method.
    case paymentAccepted = "9092948887bb4f16b8c679db6818aed4"
    /// Fields: order, error.
    case paymentVoided = "6c38917b2efb4c70bbc6621a43ed3977"
    /// Fields: order, method.
    case paymentCharged = "1bb294b04d2f4682be3204093ae39247"
    /// A charge was committed after its order had closed. Fields: order, method.
    case refundDue = "6fe12e9f54b74c5a88e8e6e92e09af16"
    /// Fields: method, door, uid.
    case accessDenied = "60605f3f2e0840fda9be5a094f619737"
    /// A flow or a subscription names an address that http-egress may not call. Fields: resource, error.
    case addressRefused = "a5016f9618474179b0a0aaa076046e29"
    /// Created, enabled, disabled or deleted. Fields: key, uid.
    case accessKeyChanged = "4d671f23d9424995898d68c8740514df"
    /// A web request's signature, time or nonce is not right. Fields: key, error.
    case requestRefused = "f400352ce8d04227a335f035a41cb79c"
    /// A browser has a session now. Fields: key (empty: by a link), session, peer.
    case signedIn = "9da69f7ee0fb48d598fb4ff2a95d2b9d"
    /// A browser's key, secret or link is not right, or it came too often. Fields: peer, error.
    case signInRefused = "8857e1c5471b410baa017d11afc7555f"
    /// Fields: session.
    case signedOut = "5af9b64290eb43679a45311d0929fa84"
    /// By an operator. Fields: session, uid.
    case sessionEnded = "914dc560692743c5a692c2d1dfdefdb0"
    /// A link that signs in once. Fields: name, uid.
    case signInLinkCreated = "b7085b5465634f608f465dc978d495e0"
    /// The database refuses to work. Fields: path, error.
    case storeFault = "8cfc64d3e6c548aab193f2445f09db30"
    /// Commits that were acknowledged are gone from the disk. Fields: sequence, error.
    case journalLost = "b23e3c3de57f44dbb819b133c63f9636"
    /// Rows of the journal can't be read. Fields: sequence, number, error.
    case journalDamaged = "284d7f8d8e7c452c933951452d0f4ccb"
    /// The index of executions is made again from the journal. Fields: path, error.
    case indexDamaged = "f8f1f9d2de7b4396a4407fdc2f7b0dd9"
    /// Executions that are kept no longer were removed. Fields: count.
    case retentionRan = "7d44ca04ec954356b17dd64843d38ed6"
    /// Fields: path, error.
    case configurationFault = "88b933f542ca442697d4d1bd74a234e1"
    /// Fields: path.
    case configurationReloaded = "3042e03a4c714cc9abd3173063a20fa3"

    /// The kind that a metadata value names: by the case's name or by its number.
    package init?(named name: String) {
        guard let kind = Self.byName[name] ?? Self(rawValue: name) else { return nil }
        self = kind
    }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0) })
}
