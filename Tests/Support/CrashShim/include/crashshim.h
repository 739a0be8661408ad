// A library to preload (LD_PRELOAD) into one process, never to link: it counts the calls by which a service makes
// something durable or visible, and kills the process with SIGKILL at the n-th. Its orders are in the environment:
//
//   FNF_CRASH_AT=n         kill at the n-th call, counted from 1; unset: only count
//   FNF_CRASH_AFTER=1      right after the call instead of right before it
//   FNF_CRASH_KINDS=a,b    of pwrite, sync, sendmsg, write (write, writev, send on sockets); unset: all
//   FNF_CRASH_PROGRAM=name only in the process whose program has this file name; unset: in every process
//   FNF_CRASH_ONCE=path    a file that is made at the kill; where it is there already, nothing is counted or killed
//   FNF_CRASH_REPORT=path  a file mapped into memory that holds the numbers below, so that SIGKILL does not lose them
//   FNF_CRASH_FULL=path    while this file is there, pwrite fails by ENOSPC, as on a full disk
//   FNF_CRASH_EIO=path     while this file is there, pwrite fails by EIO, as on a disk with bad blocks
//   FNF_CRASH_NOSYNC=path  while this file is there, fdatasync and fsync fail by EIO, as on a dying disk
#ifndef FNF_CRASHSHIM_H
#define FNF_CRASHSHIM_H

#include <stdint.h>

/// The report file: numbers in the byte order of the machine. Processes that share it add up.
typedef struct {
    uint64_t calls;     ///< of all kinds that count
    uint64_t pwrites;   ///< pwrite, pwrite64
    uint64_t syncs;     ///< fdatasync, fsync
    uint64_t sendmsgs;  ///< sendmsg
    uint64_t writes;    ///< write, writev, send on sockets
    uint64_t killed_at; ///< the call's number; 0: not killed
    uint64_t killed_in; ///< 1 pwrite, 2 sync, 3 sendmsg, 4 write
    uint64_t processes; ///< that counted
} fnf_crash_report;

#endif
