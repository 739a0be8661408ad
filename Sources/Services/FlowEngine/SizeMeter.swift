/// How large something is as a rule: the mean of the last dozen or so, nearer ones counting more.
struct SizeMeter {
    private(set) var mean = 0.0

    mutating func note(_ size: Int) { mean += (Double(size) - mean) / 8 }
}
