import SystemdKit
import Testing

@Suite struct KernelBootTests {
    @Test func `the unit's word and the kernel's file give the same id`() throws {
        let found = KernelBoot.id(environment: { _ in nil })
        let byKernel = try #require(found)
        #expect(byKernel.utf8.count == 32)
        #expect(
            KernelBoot.id(
                environment: { $0 == "FNF_BOOT_ID" ? byKernel.uppercased() : nil }, file: "/nowhere")
                == byKernel)
    }

    @Test func `without both it is not known`() {
        #expect(KernelBoot.id(environment: { _ in nil }, file: "/nowhere") == nil)
    }
}
