import Primitives
import TestHost
import Testing

/// All of it once more under a real systemd, as installed.
@Suite(.serialized, .enabled("a container can be started", { await Machine.impossible() == nil }))
struct MachineTests {
    static let units = [
        "fnf-flow-engine", "fnf-order-store", "fnf-payment-gateway", "fnf-supplier-rules", "fnf-flow-web",
    ]
    /// It calls other machines, so the kernel's network is open to it: 0.5 is out of reach, all else is closed.
    static let gateways = ["fnf-http-egress"]
    static let flow = "OrderDemo-Jiyuan"

    private func applyFlow(_ machine: Machine) async throws {
        let file = "/var/tmp/order-demo.yaml"
        _ = try await machine.command("copy", BuildProducts.orderDemoFlow, file).expecting()
        _ = try await machine.sh("fnfctl flow apply -f \(file) --name \(Self.flow)").expecting()
    }

    @Test func `systemd finds nothing to say about the units`() async throws {
        let machine = try await Machine.shared.value
        let verify = try await machine.sh(
            "cd /usr/lib/systemd/system && systemd-analyze verify --man=no fnf*.service fnf*.socket fnf.target fnf.slice 2>&1"
        )
        #expect(verify.exitCode == 0)
        #expect(verify.output.isEmpty, "\(verify)")
    }

    @Test func `no service is exposed by more than 0.5, the way out by no more than 1.2`() async throws {
        let machine = try await Machine.shared.value
        for unit in Self.units + Self.gateways {
            let answer = try await machine.sh(
                "systemd-analyze security --no-pager \(unit).service | tail -n 1")
            print("exposure of \(unit): \(answer.output)")
            let words = answer.output.split(separator: " ")
            let level = words.compactMap { Double($0) }.first
            let limit = Self.gateways.contains(unit) ? 1.2 : 0.5
            #expect(level.map { $0 <= limit } == true, "\(answer)")
        }
    }

    @Test func `an order runs from cold sockets, and the journal tells its story across the units`()
        async throws
    {
        let machine = try await Machine.shared.value
        try await applyFlow(machine)
        _ = try await machine.sh(
            "systemctl stop \(Self.units.map { "\($0).service" }.joined(separator: " "))"
        ).expecting()
        let story = try await machine.sh(
            """
            order=$(fnfctl order submit --supplier haidilao --products "beef,lotus root" --address "West Lake 1")
            fnfctl order pay "$order" --method zhifubao --price 100 >&2
            fnfctl execution describe \(Self.flow) "$order" --wait >&2
            fnfctl order show "$order" -o json
            journalctl --sync
            echo "---"
            journalctl -o json --output-fields=_SYSTEMD_UNIT,MESSAGE FNF_EXECUTION="$order" | grep -o 'fnf-[a-z-]*.service' | sort -u
            journalctl -u fnf-flow-engine FNF_ORDER="$order" --no-pager -o cat
            echo "---"
            fnfctl logs "$order"
            """
        ).expecting()
        let parts = story.output.split(separator: "---\n").map(String.init)
        #expect(parts.count == 3, "\(story)")
        let order = try JSONParser.parse(parts[0].trimmed)
        #expect(order["status"] == "completed" || order["order"]?["status"] == "completed", "\(order)")
        #expect(parts[1].contains("fnf-flow-engine.service"), "\(parts[1])")
        #expect(parts[1].split(separator: "\n").filter { $0.hasSuffix(".service") }.count >= 2, "\(parts[1])")
        #expect(parts[2].split(separator: "\n").count >= 4, "\(parts[2])")
    }

    @Test func `restarts and kills of each unit under load refuse no connection and lose no order`()
        async throws
    {
        let machine = try await Machine.shared.value
        try await applyFlow(machine)
        let result = try await machine.sh(
            """
            cd "$(mktemp -d)"
            # Repeats a command under the same order number until it is answered; a refused connection is exit code 7.
            until_answered() {
                for _ in $(seq 50); do
                    code=0; "$@" >>out 2>>err || code=$?
                    [ $code = 7 ] && { echo "$*" >>refused; cat err >&2; }
                    [ $code = 0 ] && return 0
                done
                echo "$*: never answered" >>lost
            }
            shop() {
                for n in $(seq 40); do
                    order=load-$1-$n
                    until_answered fnfctl order submit --order "$order" --supplier xibei --products noodles --address here
                    until_answered fnfctl order pay "$order" --method weixin --price 10
                done
            }
            shop 1 & first=$!
            shop 2 & second=$!
            rounds=0
            while kill -0 $first 2>/dev/null || kill -0 $second 2>/dev/null; do
                for unit in \(Self.units.joined(separator: " ")); do
                    systemctl restart $unit.service
                    systemctl kill --signal=SIGKILL --kill-who=main $unit.service 2>/dev/null || true
                done
                rounds=$((rounds + 1))
            done
            echo "$rounds rounds of restarting and killing all services" >&2
            wait $first $second
            for shop in 1 2; do for n in $(seq 40); do
                fnfctl execution describe \(Self.flow) load-$shop-$n --wait >/dev/null || echo load-$shop-$n >>lost
            done; done
            [ ! -e refused ] || { echo "refused:"; cat refused; }
            [ ! -e lost ] || { echo "lost:"; cat lost; tail -n 20 err; }
            echo done
            """, timeout: .seconds(300))
        print("under load: \(result.errorOutput.split(separator: "\n").last ?? "")")
        #expect(result.output == "done\n", "\(result)")
    }

    @Test func `the cloud endpoint serves the machine's loopback from a network of its own`() async throws {
        let machine = try await Machine.shared.value
        let ask =
            #"ask() { exec 3<>/dev/tcp/127.0.0.1/$1; printf 'GET / HTTP/1.0\r\n\r\n' >&3; cat <&3; echo; }; "#
        let first = try await machine.sh("\(ask) ask 8080").expecting()
        #expect(first.output.hasPrefix("HTTP/1.0 400 "), "\(first)")
        #expect(first.output.contains(#""Code":"MissingAccessKeyId""#), "\(first)")
        let network = try await machine.sh("systemctl show -P PrivateNetwork fnf-flow-web").expecting()
        #expect(network.output == "yes\n")
        let restarted = try await machine.sh(
            """
            \(ask)
            for n in $(seq 20); do
                systemctl restart fnf-flow-web.service & ask 8080 | sed -n 1p; wait
            done
            """
        ).expecting()
        // Who connects while no process is there waits for the next one.
        let answers = restarted.output.split(whereSeparator: \.isNewline)
        #expect(answers == Array(repeating: "HTTP/1.0 400 Bad Request", count: 20), "\(restarted)")
        let key = try await machine.sh(
            "/usr/libexec/fnf/make-credentials; stat -c '%a %U %s' /etc/fnf/credentials/flow-web-key"
        ).expecting()
        #expect(key.output == "600 root 32\n")
    }

    @Test func `the console shows the units as systemd has them, and an execution with its journal`()
        async throws
    {
        let machine = try await Machine.shared.value
        try await applyFlow(machine)
        let pages = try await machine.sh(
            #"""
            cookie=
            ask() {
                exec 3<>/dev/tcp/127.0.0.1/8080
                printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1:8080\r\nAccept: text/html\r\n' "$1" "$2" >&3
                printf 'Cookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n' "$cookie" >&3
                printf 'Content-Length: %s\r\n\r\n%s' "${#3}" "$3" >&3
                cat <&3
            }
            fnfctl order submit --order paged-1 --supplier haidilao --products beef --address here >&2
            fnfctl order pay paged-1 --method weixin --price 10 >&2
            fnfctl execution describe \#(Self.flow) paged-1 --wait >&2
            journalctl --sync
            systemctl stop fnf-supplier-rules.service 2>/dev/null
            link=/signin/$(fnfctl ui | sed -n 's|.*/signin/||p')
            page=$(ask GET "$link" "" | tr -d '\0')
            cookie=$(grep -o 'fnf_visitor=[^;]*' <<<"$page" | head -n 1)
            token=$(grep -o 'name="csrf" value="[^"]*"' <<<"$page" | head -n 1 | cut -d '"' -f 4)
            cookie=$(ask POST "$link" "csrf=$token" | grep -o 'fnf_session=[^;]*' | head -n 1)
            ask GET /console "" | grep -o 'class="unit [a-z]*" data-unit="[^"]*"' | sort -u
            systemctl is-active fnf-supplier-rules.service || true
            echo "---"
            ask GET "/console/executions/\#(Self.flow)/paged-1?step=payment" ""
            """#
        ).expecting()
        let parts = pages.output.split(separator: "---\n", maxSplits: 1).map(String.init)
        try #require(parts.count == 2, "\(pages)")
        for service in ["flow-engine", "order-store", "payment-gateway", "flow-web"] {
            #expect(parts[0].contains("unit serving\" data-unit=\"\(service)\""), "\(parts[0])")
        }
        // Looking at it wakes nobody.
        #expect(parts[0].contains("unit sleeping\" data-unit=\"supplier-rules\""), "\(parts[0])")
        #expect(parts[0].hasSuffix("inactive\n"), "\(parts[0])")
        #expect(parts[1].hasPrefix("HTTP/1.0 200 "), "\(parts[1].prefix(400))")
        #expect(parts[1].contains("class=\"journal\""), "\(parts[1])")
        #expect(parts[1].contains("payment accepted"), "\(parts[1])")
    }

    @Test func `the demo's own URLs are listened at when they are enabled`() async throws {
        let machine = try await Machine.shared.value
        let closed = try await machine.sh("exec 3<>/dev/tcp/127.0.0.1/8081")
        #expect(closed.exitCode != 0)
        let opened = try await machine.sh(
            """
            systemctl stop fnf-flow-web.service 2>/dev/null
            systemctl enable --now fnf-flow-web-legacy.socket 2>/dev/null
            exec 3<>/dev/tcp/127.0.0.1/8081; printf 'GET / HTTP/1.0\r\n\r\n' >&3; cat <&3
            systemctl stop fnf-flow-web.service 2>/dev/null
            systemctl disable --now fnf-flow-web-legacy.socket 2>/dev/null
            """
        ).expecting()
        #expect(opened.output.hasPrefix("HTTP/1.0 4"), "\(opened)")
    }

    @Test func `a stranger's connect is refused by the kernel`() async throws {
        let machine = try await Machine.shared.value
        for door in ["flow-engine.sock", "flow-engine-admin.sock", "order-store-task.sock"] {
            let mode = try await machine.sh("stat -c '%a %U %G' /run/fnf/\(door)").expecting()
            #expect(mode.output.hasPrefix("660 root fnf"), "\(mode)")
        }
        let refused = try await machine.sh("fnfctl flow list", as: "nobody")
        #expect(refused.exitCode == 4, "\(refused)")
        #expect(refused.errorOutput.contains("fnf"), "\(refused)")
    }

    @Test func `a hard reboot keeps every order`() async throws {
        let machine = try await Machine.shared.value
        try await applyFlow(machine)
        let submitted = try await machine.sh(
            """
            fnfctl order submit --order reboot-1 --supplier haidilao --products beef --address here
            """
        ).expecting()
        #expect(submitted.output == "reboot-1\n")
        _ = try await machine.command("reboot", "--hard").expecting()
        _ = try await machine.sh(
            """
            fnfctl order pay reboot-1 --method weixin --price 10
            fnfctl execution describe \(Self.flow) reboot-1 --wait
            """
        ).expecting()
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
