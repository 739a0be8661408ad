#include <string.h>

#include "CPlatform.h"

// CRC-32C (Castagnoli), reflected polynomial 0x82F63B78. Source: RFC 3720, appendix B.4.

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *bytes,
                                                                 size_t count) {
    uint64_t wide = crc;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        wide = _mm_crc32_u64(wide, word);
        bytes += 8;
        count -= 8;
    }
    crc = (uint32_t)wide;
    while (count--) crc = _mm_crc32_u8(crc, *bytes++);
    return crc;
}

static int has_instruction(void) { return __builtin_cpu_supports("sse4.2") != 0; }
#elif defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>

// Written out, because compilers differ in how a single function is allowed what the whole program is not.
static uint32_t by_instruction(uint32_t crc, const uint8_t *bytes, size_t count) {
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        __asm__(".arch_extension crc\n\tcrc32cx %w0, %w0, %x1" : "+r"(crc) : "r"(word));
        bytes += 8;
        count -= 8;
    }
    while (count--) __asm__(".arch_extension crc\n\tcrc32cb %w0, %w0, %w1" : "+r"(crc) : "r"(*bytes++));
    return crc;
}

static int has_instruction(void) { return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0; }
#else
static uint32_t by_instruction(uint32_t crc, const uint8_t *bytes, size_t count) {
    (void)bytes;
    (void)count;
    return crc;
}

static int has_instruction(void) { return 0; }
#endif

/// Four bits at a time: for processors without the instruction.
static uint32_t by_table(uint32_t crc, const uint8_t *bytes, size_t count) {
    static const uint32_t table[16] = {
        0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
        0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9, 0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
    };
    while (count--) {
        crc ^= *bytes++;
        crc = (crc >> 4) ^ table[crc & 15];
        crc = (crc >> 4) ^ table[crc & 15];
    }
    return crc;
}

uint32_t fnf_crc32c(uint32_t crc, const void *bytes, size_t count) {
    static int known = -1;
    // Whoever asks first at the same time finds the same.
    if (known < 0) known = has_instruction();
    return ~(known ? by_instruction(~crc, bytes, count) : by_table(~crc, bytes, count));
}

uint32_t fnf_crc32c_by_table(uint32_t crc, const void *bytes, size_t count) {
    return ~by_table(~crc, bytes, count);
}
