import Logging
import Primitives
import RPCProtocol
package import RequestSigning

/// A request whose signature is right and whose nonce is written with those of the same tick.
struct WaitingRequest {
    let accessKeyID: String
    let mark: NonceMark
    let continuation: CheckedContinuation<AccessFault?, Never>
}

extension AccessDesk {
    /// Key, clock, signature, nonce, rate. Whoever does not hold the secret gets no further than the
    /// signature; whoever sends again what another signed, no further than the nonce: neither takes anything
    /// from the key's rate, and neither leaves a trace on the disk.
    package func admit(_ request: SignedRequest) async throws(AccessFault) -> AccessGrant {
        do throws(AccessFault) {
            let secret = try check(request)
            if let nonce = request.nonce {
                try await useOnce(nonce, of: request)
            } else if let fault = takeToken(request.accessKeyID, at: world.now) {
                throw fault
            }
            // A key may have gone while the nonce was written.
            let key = try enabledKey(request.accessKeyID)
            guard key.secret == secret else {
                throw .signatureMismatch(stringToSign: request.stringToSign)
            }
            noteUse(of: key.id)
            metrics.add(AccessMetric.admitted)
            return key.grant
        } catch {
            refused(request, error)
            throw error
        }
    }

    /// Returns the secret that it was signed with.
    private func check(_ request: SignedRequest) throws(AccessFault) -> String {
        let key = try enabledKey(request.accessKeyID)
        guard let secret = key.secret else {
            throw .unavailable("the secret of the access key \(key.id) can't be read; create the key again")
        }
        let now = world.now
        let skew = settings.clockSkewMax
        let isInWindow =
            request.time >= now.advanced(by: .zero - skew) && request.time <= now.advanced(by: skew)
        // A clock that is set back makes no request good again whose nonce may be forgotten.
        let isRemembered = NonceMark.slot(of: request.time.advanced(by: skew)) > nonces.forgottenSlot
        guard isInWindow, isRemembered, signedSince.map({ request.time >= $0 }) ?? true else {
            throw .tooSkewed(requestTime: request.time, now: now)
        }
        guard request.isSigned(with: secret) else {
            throw .signatureMismatch(stringToSign: request.stringToSign)
        }
        return secret
    }

    private func enabledKey(_ id: String) throws(AccessFault) -> AccessKey {
        guard let key = keys[id] else { throw .unknownKey(id) }
        guard key.isEnabled else { throw .disabledKey(id) }
        return key
    }

    private func useOnce(_ nonce: String, of request: SignedRequest) async throws(AccessFault) {
        let mark = NonceMark(
            accessKeyID: request.accessKeyID, nonce: nonce,
            expires: request.time.advanced(by: settings.clockSkewMax))
        let fault = await withCheckedContinuation { continuation in
            waiting.append(
                WaitingRequest(
                    accessKeyID: request.accessKeyID, mark: mark, continuation: continuation))
            if waiting.count == 1 {
                loop.atEndOfTick { self.assumeIsolated { $0.rememberNonces() } }
            }
        }
        if let fault { throw fault }
    }

    /// Writes the nonces of the tick in one transaction and lets their requests on.
    private func rememberNonces() {
        let requests = waiting
        waiting = []
        let now = world.now
        var total = nonces.count
        var added: [Int64: Int] = [:]
        do {
            let answers = try nonces.remember(requests.map(\.mark), at: now) { index in
                let (id, key) = (requests[index].accessKeyID, requests[index].mark.key)
                let ofKey = nonces.count(ofKey: key) + added[key, default: 0]
                if ofKey >= settings.noncesPerKeyMax || total >= settings.noncesMax {
                    return .throttled(retryAfter: untilNoncesAreForgotten(at: now))
                }
                if let fault = takeToken(id, at: now) { return fault }
                total += 1
                added[key, default: 0] += 1
                return nil
            }
            for (request, answer) in zip(requests, answers) { request.continuation.resume(returning: answer) }
        } catch {
            let fault = AccessFault.unavailable("used nonces can't be written down: \(error)")
            for request in requests { request.continuation.resume(returning: fault) }
        }
        armForgetting()
    }

    private func takeToken(_ id: String, at now: Timestamp) -> AccessFault? {
        var bucket = buckets[id] ?? TokenBucket(burst: settings.requestsBurstMax, at: now)
        let wait = bucket.take(
            perSecond: Double(settings.requestsPerSecondMax), burst: settings.requestsBurstMax, at: now)
        buckets[id] = bucket
        return wait.map { .throttled(retryAfter: $0) }
    }

    private func untilNoncesAreForgotten(at now: Timestamp) -> Duration {
        guard let slot = nonces.oldestSlot else { return .seconds(1) }
        return max(.seconds(1), now.duration(to: NonceMark.end(ofSlot: slot)))
    }
}

// MARK: - Forgetting

extension AccessDesk {
    /// Few enough for a tick of a few milliseconds, many enough to keep up with the highest rate.
    private static let forgottenAtOnceMax = 4_000
    private static let forgettingPause = Duration.milliseconds(50)

    private func armForgetting() {
        guard let slot = nonces.oldestSlot, forgettingSlot.map({ slot < $0 }) ?? true else { return }
        nonceTimer?.cancel()
        forgettingSlot = slot
        nonceTimer = loop.at(NonceMark.end(ofSlot: slot)) { self.assumeIsolated { $0.forget() } }
    }

    private func forget() {
        forgettingSlot = nil
        let isMoreLeft: Bool
        do { isMoreLeft = try nonces.forget(at: world.now, limit: Self.forgottenAtOnceMax) } catch {
            logger.warning("nonces that have expired can't be removed: \(error)")
            isMoreLeft = true
        }
        guard isMoreLeft else { return armForgetting() }
        forgettingSlot = nonces.oldestSlot
        nonceTimer = loop.after(Self.forgettingPause) { self.assumeIsolated { $0.forget() } }
    }
}
