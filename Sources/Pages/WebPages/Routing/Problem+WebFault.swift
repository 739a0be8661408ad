import HTTPMessage

extension Problem {
    /// A request that could not be read whole.
    init(_ fault: WebFault, _ language: Language) {
        switch fault {
        case .malformed(let reason):
            self.init(400, language("That can't be read", "无法读取请求"), reason)
        case .headersTooLarge:
            self.init(
                431, language("That can't be read", "无法读取请求"),
                language("The headers are too large.", "请求头过大。"),
                advice: language("Delete this site's cookies and try again.", "请清除本站 Cookie 后重试。"))
        case .bodyTooLarge(let bytesMax):
            self.init(
                413, language("That is too large", "内容过大"),
                language("At most \(bytesMax) bytes are taken here.", "此处最多接受 \(bytesMax) 字节。"))
        case .tooSlow:
            self.init(
                408, language("That took too long", "请求超时"),
                language("The request did not come in time.", "请求未能及时到达。"))
        case .overloaded(let reason):
            self.init(
                503, language("Too busy just now", "系统繁忙"), reason,
                advice: language("Try it again in a moment.", "请稍后再试。"))
        case .stopping:
            self.init(
                503, language("Not just now", "暂时无法处理"),
                language("The service starts again.", "服务正在重启。"),
                advice: language("Try it again in a moment.", "请稍后再试。"))
        }
    }
}
